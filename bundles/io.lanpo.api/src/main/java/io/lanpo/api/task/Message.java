package io.lanpo.api.task;

/**
 * One turn of a chat.
 *
 * @param role who speaks
 * @param text what is said
 */
public record Message(Role role, String text) {
  /** Who speaks in a chat. */
  public enum Role {
    SYSTEM,
    USER,
    ASSISTANT
  }
}
