package io.lanpo.api.task;

/**
 * The part of a problem that a policy and a strategy may see.
 *
 * @param id names the problem within its task, where two problems never share it; problems of two
 *     tasks may, such as the first lines of two files that are named alike
 * @param text the wording, which tells problems apart wherever they come from
 */
public record Question(String id, String text) {
  /** Whether this is the same problem, of whatever task: one with the same wording. */
  public boolean sameProblem(Question other) {
    return text.equals(other.text);
  }
}
