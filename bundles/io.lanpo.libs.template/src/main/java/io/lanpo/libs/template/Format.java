package io.lanpo.libs.template;

/** How a filled template is laid out. */
public enum Format {
  /** Text that the policy continues. */
  PLAIN,
  /** A chat with the system text, if there is one, and the filled template as the user's turn. */
  CHAT
}
