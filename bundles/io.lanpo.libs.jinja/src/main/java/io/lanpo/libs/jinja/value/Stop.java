package io.lanpo.libs.jinja.value;

/** Ends the reading or the rendering of a template. */
public final class Stop extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why a rendering ends. */
  public enum Kind {
    /** The template asks for it by {@code raise_exception}. */
    RAISED,
    /** The template is not understood, or does what Jinja does not allow. */
    WRONG,
    /** The template takes too many steps, too long or too much room. */
    ENDLESS
  }

  private final Kind kind;
  private final int line;

  public Stop(Kind kind, int line, String message) {
    super(message, null, false, false);
    this.kind = kind;
    this.line = line;
  }

  /** A failure at the line that is being rendered. */
  public static Stop here(Kind kind, String message) {
    return new Stop(kind, 0, message);
  }

  /** A failure of the template at the line that is being rendered. */
  public static Stop wrong(String message, Object... values) {
    return here(Kind.WRONG, message.formatted(values));
  }

  public Kind kind() {
    return kind;
  }

  /** The line of the template, from 1; 0 for the one that is being rendered. */
  public int line() {
    return line;
  }

  /** What happened, in one line. */
  public String reason() {
    return String.valueOf(getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
