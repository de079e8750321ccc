package io.lanpo.verifier.math;

/** Letters that only look like those of a formula. */
final class Lookalikes {
  private static final int LONGEST = 10_000;

  private Lookalikes() {}

  /** A remark on letters of other scripts between Latin ones; empty when there are none. */
  static String note(String answer) {
    boolean latin = false;
    int foreign = -1;
    for (int i = 0; i < Math.min(answer.length(), LONGEST); ) {
      int c = answer.codePointAt(i);
      i += Character.charCount(c);
      if (Character.isLetter(c)) {
        Character.UnicodeScript script = Character.UnicodeScript.of(c);
        boolean known =
            script == Character.UnicodeScript.LATIN
                || script == Character.UnicodeScript.GREEK
                || script == Character.UnicodeScript.COMMON;
        latin |= script == Character.UnicodeScript.LATIN;
        foreign = known ? foreign : c;
      }
    }
    return foreign >= 0 && (latin || answer.length() < 20)
        ? "; note: the letter U+%04X (%s) is not a Latin one"
            .formatted(foreign, Character.getName(foreign))
        : "";
  }
}
