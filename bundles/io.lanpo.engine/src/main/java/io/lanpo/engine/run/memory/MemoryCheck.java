package io.lanpo.engine.run.memory;

import io.lanpo.api.component.UserException;
import io.lanpo.api.objective.Objective;
import io.lanpo.api.policy.MemoryEstimate;
import io.lanpo.api.policy.Workload;
import io.lanpo.engine.config.ColdStartSettings;
import io.lanpo.engine.config.EvaluationSettings;
import io.lanpo.engine.config.MemorySettings;
import io.lanpo.engine.config.RunSettings;
import io.lanpo.engine.config.SamplingSettings;
import io.lanpo.engine.rollout.MethodComponents;
import io.lanpo.engine.run.progress.ProcessStatus;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares what a run will take with what the machine has, before anything long begins.
 *
 * @param parts the components of the method as the policy is trained and evaluated with them
 * @param fewShot the same with the worked examples of their prompts
 * @param learning what updates are made of, and whether they need the policy from before the first
 *     step beside it
 * @param policy the policy under training
 * @param auxiliary the policy for text; takes nothing where there is none
 */
public record MemoryCheck(
    RunSettings settings,
    MethodComponents parts,
    MethodComponents fewShot,
    Objective.Learning learning,
    MemoryUser policy,
    MemoryUser auxiliary) {
  private static final Logger LOG = LoggerFactory.getLogger(MemoryCheck.class);
  private static final MemoryEstimate NOTHING = new MemoryEstimate(List.of());

  /**
   * Estimates.
   *
   * @return empty when the check is off or no policy takes anything of this machine's memory
   * @throws UserException when the run does not fit and is to be refused then
   */
  public Optional<MemoryNeed> check() {
    MemorySettings.Check check = settings.memory().check();
    Optional<MemoryNeed> need = check == MemorySettings.Check.OFF ? Optional.empty() : need();
    if (need.isPresent() && !need.get().fits()) {
      UserException refusal = need.get().refusal();
      if (check == MemorySettings.Check.REFUSE) {
        throw refusal;
      }
      LOG.warn("{}", refusal.getMessage());
    }
    return need;
  }

  /**
   * Estimates, whatever the check would say.
   *
   * @return empty when no policy takes anything of this machine's memory
   */
  public Optional<MemoryNeed> need() {
    // a backend that takes nothing here, such as a remote one, is not asked further
    boolean policyHere = takes(policy);
    boolean auxiliaryHere = takes(auxiliary);
    if (!policyHere && !auxiliaryHere) {
      return Optional.empty();
    }
    int prompt = policyHere ? longestPrompt(parts, policy) : 0;
    return Optional.of(
        MemoryNeed.of(
            policyHere ? ofPolicy(prompt) : NOTHING,
            policyHere ? ofReference(prompt) : NOTHING,
            auxiliaryHere ? ofAuxiliary() : NOTHING,
            ProcessStatus.heapRoomBytes(),
            ProcessStatus.residentBytes(),
            new AvailableMemory(Path.of("/")).bytes()));
  }

  private static boolean takes(MemoryUser user) {
    return !user.memory(new Workload(1, 1, 1, 1, false)).parts().isEmpty();
  }

  private MemoryEstimate ofPolicy(int prompt) {
    int heldOut = parts.task().heldOut().size();
    return Stream.concat(workloads(settings, learning, heldOut, prompt), ofColdStart(prompt))
        .map(policy::memory)
        .max(Comparator.comparingLong(MemoryEstimate::bytes))
        .orElse(NOTHING);
  }

  private MemoryEstimate ofReference(int prompt) {
    if (!learning.needsReference()) {
      return NOTHING;
    }
    // a renewed one is opened from a checkpoint in training, with what its optimiser keeps
    boolean renewed = learning.referenceRefresh() > 0;
    Workload scoring = new Workload(1, 1, prompt, longest(settings.sampling()), renewed, 0);
    return renewed ? policy.memory(scoring) : policy.reference(scoring);
  }

  /**
   * As many lessons as a step can bring. What a similarity filter would ask is not known here; its
   * prompts are about two problems, and its answers short.
   */
  private MemoryEstimate ofAuxiliary() {
    int prompt = longestPrompt(parts, auxiliary);
    int problems = settings.problems() * (1 + settings.mostRefillRounds());
    int lessons =
        (int) Math.min(Integer.MAX_VALUE, 2L * problems * settings.distill().perProblem());
    return auxiliary.memory(
        new Workload(lessons, 1, prompt, settings.sampling().lesson().maxTokens(), false));
  }

  private int longestPrompt(MethodComponents components, MemoryUser user) {
    int given = settings.memory().promptTokens();
    return given > 0 ? given : new LongestPrompt(components, settings, user.tokenizer()).tokens();
  }

  /** A cold start that is yet to come. */
  private Stream<Workload> ofColdStart(int prompt) {
    ColdStartSettings coldStart = settings.coldStart();
    if (!policy.startsCold()) {
      return Stream.empty();
    }
    if (coldStart.source() == ColdStartSettings.Source.DEMONSTRATIONS) {
      return parts.task().curriculum().stream()
          .map(c -> new ColdStartWorkloads(coldStart, c, policy.tokenizer(), settings.seed()))
          .flatMap(ColdStartWorkloads::all);
    }
    int completion = longest(settings.sampling());
    int shown = coldStart.dropsExamples() ? longestPrompt(fewShot, policy) : prompt;
    return Stream.of(
        new Workload(
            settings.problems() * settings.groupSize(),
            coldStart.own().samples(),
            shown,
            completion,
            false),
        new Workload(coldStart.batch(), 1, prompt, completion, true));
  }

  /**
   * The completions of a training step, an update on its share of them if the run learns, and an
   * evaluation, where every prompt may be another one.
   */
  static Stream<Workload> workloads(
      RunSettings settings, Objective.Learning learning, int heldOut, int promptTokens) {
    EvaluationSettings evaluation = settings.evaluation();
    int asked =
        evaluation.finalProblems() == 0 ? heldOut : Math.min(heldOut, evaluation.finalProblems());
    int completion = longest(settings.sampling());
    int group = settings.groupSize();
    int groups = settings.problems();
    int share = (groups + learning.miniBatches() - 1) / learning.miniBatches();
    boolean learns = learning.learns();
    int trained =
        learning.trainsFeedbackPrompts() ? completion : settings.sampling().answer().maxTokens();
    Workload sampled = new Workload(groups * group, group, promptTokens, completion, learns, 0);
    Workload evaluated =
        new Workload(
            Math.max(1, asked * evaluation.samples()), 1, promptTokens, completion, learns, 0);
    return learns
        ? Stream.of(
            sampled,
            new Workload(share * group, group, promptTokens, trained, true, trained),
            evaluated)
        : Stream.of(sampled, evaluated);
  }

  private static int longest(SamplingSettings sampling) {
    return Stream.of(sampling.answer(), sampling.review(), sampling.lesson())
        .mapToInt(s -> s.maxTokens())
        .max()
        .orElse(1);
  }
}
