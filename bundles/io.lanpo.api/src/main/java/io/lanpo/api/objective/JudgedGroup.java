package io.lanpo.api.objective;

import io.lanpo.api.task.Prompt;
import io.lanpo.api.task.Question;
import java.util.List;

/**
 * The completions of one problem in one step. There is no way from here to the problem's answer.
 *
 * @param question the problem's question
 * @param prompt the question as it is posed plainly, without feedback
 * @param completions its completions, with feedback and without
 */
public record JudgedGroup(Question question, Prompt prompt, List<JudgedCompletion> completions) {
  public JudgedGroup {
    completions = List.copyOf(completions);
  }

  /** The same with other completions. */
  public JudgedGroup with(List<JudgedCompletion> others) {
    return new JudgedGroup(question, prompt, others);
  }
}
