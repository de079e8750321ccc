package io.lanpo.libs.jinja;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;

/**
 * Ends a rendering. An error and not an exception, because Jinjava catches exceptions, notes them
 * and renders on: a template that loops would keep looping, and a prompt would come out with a hole
 * in it.
 */
final class Stop extends Error {
  private static final long serialVersionUID = 1L;

  /** Why a rendering ends. */
  enum Kind {
    /** The template asks for it by {@code raise_exception}. */
    RAISED,
    /** The template is not understood, or does what Jinja does not allow. */
    WRONG,
    /** The template takes too many steps, too long or too much room. */
    ENDLESS
  }

  private final Kind kind;
  private final int line;

  Stop(Kind kind, int line, String message) {
    super(message, null, false, false);
    this.kind = kind;
    this.line = line;
  }

  /** A failure at the line that this thread is rendering. */
  static Stop here(Kind kind, String message) {
    JinjavaInterpreter current = JinjavaInterpreter.getCurrent();
    return new Stop(kind, current == null ? 0 : current.getLineNumber(), message);
  }

  /** A failure of the template at the line that this thread is rendering. */
  static Stop wrong(String message, Object... values) {
    return here(Kind.WRONG, message.formatted(values));
  }

  Kind kind() {
    return kind;
  }

  /** The line of the template, from 1; 0 when it is not known. */
  int line() {
    return line;
  }

  /** What happened, in one line. */
  String reason() {
    return String.valueOf(getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
