package io.lanpo.libs.jinja.parse;

/**
 * A token of an expression.
 *
 * @param text what it says; of a text, the characters it stands for
 */
record Token(Kind kind, String text) {
  /** Kinds of token. */
  enum Kind {
    NAME,
    TEXT,
    INTEGER,
    REAL,
    SIGN,
    END
  }

  /** Whether this is a sign or a word, and not a text that reads like it. */
  boolean is(String wanted) {
    return (kind == Kind.SIGN || kind == Kind.NAME) && text.equals(wanted);
  }
}
