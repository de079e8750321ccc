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
 * answers are counted where the rest is.
 */
public final class RunRespondent implements Respondent {
  /** Room for the versions of one policy. */
  private static final int VERSION_BITS = 40;

  private @Nullable Generator generator;
  private long policies;

  /** Nobody answers yet. */
  public RunRespondent() {}

  /** Has answers written with this generator from now on. */
  void lend(Generator next) {
    if (generator == null || generator.policy() != next.policy()) {
      policies++;
    }
    generator = next;
  }

  @Override
  public List<String> answers(List<Prompt> prompts, int maxTokens) {
    Generator by = lent();
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
