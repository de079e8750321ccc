package io.lanpo.engine.method;

import io.lanpo.api.policy.Completion;
import io.lanpo.api.policy.Sampling;
import io.lanpo.api.similarity.Respondent;
import io.lanpo.api.task.Prompt;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lends a run's policy to its similarity filter. Filters are fitted before there is a policy, so it
 * comes later: whoever chooses lessons lends the generator that he generates with himself, and
 * answers are counted where the rest is. Where the run has a second policy that judges, that one
 * answers in its place.
 */
public final class RunRespondent implements Respondent {
  /** Room for the versions of one policy. */
  private static final int VERSION_BITS = 40;

  private @Nullable Generator generator;
  private TextPolicy text = TextPolicy.NONE;
  private long policies;

  /** Nobody answers yet. */
  public RunRespondent() {}

  /** Has the run's second policy answer from now on, if it is there to judge. */
  public void judgeWith(TextPolicy second) {
    text = second;
    policies++;
  }

  /** Has answers written with this generator from now on, or counted by it. */
  void lend(Generator next) {
    if (generator == null || generator.policy() != next.policy()) {
      policies++;
    }
    generator = next;
  }

  @Override
  public List<String> answers(List<Prompt> prompts, int maxTokens) {
    Generator by = text.judging(lent());
    Sampling greedy = Sampling.at(0, maxTokens);
    List<Generator.Ask> asks = new ArrayList<>();
    prompts.forEach(prompt -> asks.add(new Generator.Ask(prompt, greedy, 1, 0)));
    List<String> answers = new ArrayList<>();
    for (Generator.Answer answer : by.generate(asks)) {
      Completion completion = answer.completions().get(0);
      answers.add(by.text(completion));
    }
    return answers;
  }

  /**
   * Goes by the policy under training also where another one answers: a filter that kept answers
   * for longer would ask more after a resumption than without, and a run counts what it asks.
   */
  @Override
  public long state() {
    return (policies << VERSION_BITS) + lent().policy().version();
  }

  private Generator lent() {
    Generator by = generator;
    if (by == null) {
      throw new IllegalStateException("the run has no policy yet; ask when something is scored");
    }
    return by;
  }
}
