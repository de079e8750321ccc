package io.lanpo.shell.completion;

/**
 * Something that Tab offers.
 *
 * @param value what the word becomes
 * @param shown what is listed
 * @param meaning what it is, in a few words; may be empty
 * @param whole whether the word is whole with it, so that a blank follows
 */
public record Choice(String value, String shown, String meaning, boolean whole) {
  static Choice of(String word) {
    return of(word, "");
  }

  static Choice of(String word, String meaning) {
    return new Choice(word, word, meaning, true);
  }

  /** The beginning of a word. */
  static Choice begun(String word, String meaning) {
    return new Choice(word, word, meaning, false);
  }

  /** The same behind what the word begins with. */
  Choice behind(String beginning) {
    return new Choice(beginning + value, shown, meaning, whole);
  }
}
