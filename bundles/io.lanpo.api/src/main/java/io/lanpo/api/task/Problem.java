package io.lanpo.api.task;

import java.util.Map;

/**
 * A question with its answer key.
 *
 * @param question what may be shown
 * @param key what only a verifier may see
 * @param labels facts for reports, e.g. {@code level} or {@code subject}; never part of a prompt
 */
public record Problem(Question question, AnswerKey key, Map<String, String> labels) {
  public Problem {
    labels = Map.copyOf(labels);
  }
}
