package io.lanpo.engine.run;

import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.MemoryEstimate;
import io.lanpo.api.policy.Tokenizer;
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
import java.util.function.Function;
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
  private final SecondPolicy second;

  MemoryCheck(
      PreparedRun run, TokenizerService tokenizers, InitialPolicy initial, SecondPolicy second) {
    this.run = run;
    this.tokenizers = tokenizers;
    this.initial = initial;
    this.second = second;
  }

  /**
   * Estimates.
   *
   * @return empty when the check is off or no policy takes anything of this machine's memory
   * @throws UserException when the run does not fit and is to be refused then
   */
  Optional<MemoryNeed> check() {
    MemorySettings settings = run.own().memory();
    if (settings.check() == MemorySettings.Check.OFF) {
      return Optional.empty();
    }
    // a backend that takes nothing here, such as a remote one, is not asked further
    boolean here = takes(initial::memory);
    boolean textHere = takes(second::memory);
    if (!here && !textHere) {
      return Optional.empty();
    }
    int prompt = here ? longestPrompt(run.parts(), initial::tokenizer) : 0;
    MemoryNeed need =
        MemoryNeed.of(
            here ? policy(prompt) : NOTHING,
            here ? reference(prompt) : NOTHING,
            textHere ? text() : NOTHING,
            Machine.residentBytes(),
            new AvailableMemory(Path.of("/")).bytes());
    if (!need.fits()) {
      UserException refusal = need.refusal();
      if (settings.check() == MemorySettings.Check.REFUSE) {
        throw refusal;
      }
      LOG.warn("{}", refusal.getMessage());
    }
    return Optional.of(need);
  }

  private static boolean takes(Function<Workload, MemoryEstimate> policy) {
    return !policy.apply(new Workload(1, 1, 1, 1, false)).parts().isEmpty();
  }

  private MemoryEstimate policy(int prompt) {
    int heldOut = run.parts().task().heldOut().size();
    return Stream.concat(workloads(run.own(), heldOut, prompt), sampling())
        .map(initial::memory)
        .max(Comparator.comparingLong(MemoryEstimate::bytes))
        .orElse(NOTHING);
  }

  private MemoryEstimate reference(int prompt) {
    return run.own().loss().klCoefficient() > 0
        ? initial.memory(new Workload(1, 1, prompt, longest(run.own().sampling()), false))
        : NOTHING;
  }

  /**
   * As many lessons as a step can bring. What a similarity filter would ask is not known here; its
   * prompts are about two problems, and its answers short.
   */
  private MemoryEstimate text() {
    RunSettings own = run.own();
    int prompt = longestPrompt(run.parts(), second::tokenizer);
    int lessons = 2 * own.problems() * own.distill().perProblem();
    return second.memory(
        new Workload(lessons, 1, prompt, own.sampling().lesson().maxTokens(), false));
  }

  private int longestPrompt(
      MethodComponents parts, Function<TokenizerService, Tokenizer> tokenizer) {
    int given = run.own().memory().promptTokens();
    return given > 0
        ? given
        : new LongestPrompt(parts, run.own(), tokenizer.apply(tokenizers)).tokens();
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
            longestPrompt(run.shown(), initial::tokenizer),
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
