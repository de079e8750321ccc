package io.lanpo.engine.generate;

import io.lanpo.api.policy.Completion;
import io.lanpo.api.policy.Sampling;
import io.lanpo.api.similarity.TextGenerator;
import io.lanpo.api.task.Prompt;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Text generation for a run's similarity filter. Filters are fitted before there is a policy, so it
 * comes later: who chooses lessons sets the generator that it generates with itself, and tokens are
 * counted where the rest is. Where the run has an auxiliary policy that answers the filter, that
 * one generates.
 */
public final class RunTextGenerator implements TextGenerator {
  /** Room for the versions of one policy. */
  private static final int VERSION_BITS = 40;

  private @Nullable Generator generator;
  private AuxiliaryPolicy auxiliary = AuxiliaryPolicy.NONE;
  private long policies;

  /** Without a policy yet. */
  public RunTextGenerator() {}

  /** Has the auxiliary policy generate from now on, if it answers the filter. */
  public void useAuxiliary(AuxiliaryPolicy policy) {
    auxiliary = policy;
    policies++;
  }

  /** Generates with this generator from now on, or counts with it. */
  public void use(Generator next) {
    if (generator == null || generator.policy() != next.policy()) {
      policies++;
    }
    generator = next;
  }

  @Override
  public List<String> generate(List<Prompt> prompts, int maxTokens) {
    Generator by = auxiliary.judging(current());
    Sampling greedy = Sampling.at(0, maxTokens);
    List<Generator.Request> requests = new ArrayList<>();
    prompts.forEach(prompt -> requests.add(new Generator.Request(prompt, greedy, 1, 0)));
    List<String> answers = new ArrayList<>();
    for (Generator.Result answer : by.generate(requests)) {
      Completion completion = answer.completions().get(0);
      answers.add(by.written(answer.promptTokens(), completion).answer());
    }
    return answers;
  }

  /**
   * Goes by the policy under training also where another one answers: a filter that kept answers
   * for longer would ask more after a resumption than without, and a run counts what it asks.
   */
  @Override
  public long version() {
    return (policies << VERSION_BITS) + current().policy().version();
  }

  private Generator current() {
    Generator by = generator;
    if (by == null) {
      throw new IllegalStateException("the run has no policy yet; ask when something is scored");
    }
    return by;
  }
}
