package io.lanpo.libs.jinja.render;

/** How a statement ends. */
public enum Flow {
  /** The next one follows. */
  ON,
  /** The innermost loop ends. */
  BREAK,
  /** The innermost loop goes to its next turn. */
  CONTINUE
}
