package io.lanpo.verifier.math.parse;

/**
 * A piece of an answer.
 *
 * @param kind what it is
 * @param text the number, name, word, command without its backslash, or sign
 * @param spaced whether white space stands before it
 */
public record Token(Kind kind, String text, boolean spaced) {
  /** What a token is. */
  public enum Kind {
    NUMBER,
    /** A symbol: a single letter or the name of one. */
    NAME,
    /** A word, from running text. */
    WORD,
    /** A TeX command with meaning of its own, or a function written plainly. */
    COMMAND,
    /** Anything else. */
    SIGN
  }

  public boolean is(String sign) {
    return kind == Kind.SIGN && text.equals(sign);
  }

  boolean isCommand(String name) {
    return kind == Kind.COMMAND && text.equals(name);
  }

  boolean isWord(String word) {
    return kind == Kind.WORD && text.equalsIgnoreCase(word);
  }

  /** Whether this is one of the words between the items of a list. */
  boolean isJoin() {
    return isWord("and") || isWord("or");
  }
}
