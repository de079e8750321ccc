package io.lanpo.engine.run;

import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.MemoryEstimate;
import io.lanpo.api.policy.TokenizerService;
import io.lanpo.api.policy.Workload;
import io.lanpo.engine.config.EvaluationSettings;
import io.lanpo.engine.config.MemorySettings;
import io.lanpo.engine.config.RunSettings;
import io.lanpo.engine.config.SamplingSettings;
import io.lanpo.engine.method.LongestPrompt;
import io.lanpo.engine.method.MethodComponents;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares what a run will take with what the machine has, before anything long begins. */
final class MemoryCheck {
  private static final Logger LOG = LoggerFactory.getLogger(MemoryCheck.class);
  private static final MemoryEstimate NOTHING = new MemoryEstimate(List.of());

  private final PreparedRun run;
  private final TokenizerService tokenizers;
  private final InitialPolicy initial;

  MemoryCheck(PreparedRun run, TokenizerService tokenizers, InitialPolicy initial) {
    this.run = run;
    this.tokenizers = tokenizers;
    this.initial = initial;
  }

  /**
   * Estimates.
   *
   * @return empty when the check is off or the policy takes nothing of this machine's memory
   * @throws UserException when the run does not fit and is to be refused then
   */
  Optional<MemoryNeed> check() {
    MemorySettings settings = run.own().memory();
    if (settings.check() == MemorySettings.Check.OFF || !estimated()) {
      return Optional.empty();
    }
    int prompt = longestPrompt(run.parts());
    MemoryEstimate policy =
        Stream.concat(workloads(run.own(), run.parts().task().heldOut().size(), prompt), sampling())
            .map(initial::memory)
            .max(Comparator.comparingLong(MemoryEstimate::bytes))
            .orElse(NOTHING);
    MemoryEstimate reference =
        run.own().loss().klCoefficient() > 0
            ? initial.memory(new Workload(1, 1, prompt, longest(run.own().sampling()), false))
            : NOTHING;
    MemoryNeed need =
        MemoryNeed.of(
            policy, reference, Machine.residentBytes(), new AvailableMemory(Path.of("/")).bytes());
    if (!need.fits()) {
      UserException refusal = need.refusal();
      if (settings.check() == MemorySettings.Check.REFUSE) {
        throw refusal;
      }
      LOG.warn("{}", refusal.getMessage());
    }
    return Optional.of(need);
  }

  /** A backend that takes nothing here, such as a remote one, is not asked further. */
  private boolean estimated() {
    return !initial.memory(new Workload(1, 1, 1, 1, false)).parts().isEmpty();
  }

  private int longestPrompt(MethodComponents parts) {
    int given = run.own().memory().promptTokens();
    return given > 0
        ? given
        : new LongestPrompt(parts, run.own(), initial.tokenizer(tokenizers)).tokens();
  }

  /** A cold start whose prompts are longer than those of the run, as they show examples. */
  private Stream<Workload> sampling() {
    RunSettings own = run.own();
    if (!own.coldStart().dropsExamples()) {
      return Stream.empty();
    }
    return Stream.of(
        new Workload(
            own.problems() * own.groupSize(),
            own.coldStart().own().samples(),
            longestPrompt(run.shown()),
            longest(own.sampling()),
            false));
  }

  /** A training step, and an evaluation, where every prompt may be another one. */
  static Stream<Workload> workloads(RunSettings settings, int heldOut, int promptTokens) {
    EvaluationSettings evaluation = settings.evaluation();
    int asked =
        evaluation.finalProblems() == 0 ? heldOut : Math.min(heldOut, evaluation.finalProblems());
    int completion = longest(settings.sampling());
    return Stream.of(
        new Workload(
            settings.problems() * settings.groupSize(),
            settings.groupSize(),
            promptTokens,
            completion,
            true),
        new Workload(Math.max(1, asked * evaluation.samples()), 1, promptTokens, completion, true));
  }

  private static int longest(SamplingSettings sampling) {
    return Stream.of(sampling.answer(), sampling.review(), sampling.lesson())
        .mapToInt(s -> s.maxTokens())
        .max()
        .orElse(1);
  }
}
