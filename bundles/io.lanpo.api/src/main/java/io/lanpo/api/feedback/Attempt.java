package io.lanpo.api.feedback;

import io.lanpo.api.task.Question;

/**
 * An earlier try at a question: text only. There is no way from here to a reward, a verdict or an
 * answer.
 *
 * @param question what was asked
 * @param text the solution that the policy wrote
 */
public record Attempt(Question question, String text) {}
