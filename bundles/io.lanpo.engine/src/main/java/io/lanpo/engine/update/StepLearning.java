package io.lanpo.engine.update;

import io.lanpo.api.objective.JudgedCompletion;
import io.lanpo.api.objective.JudgedGroup;
import io.lanpo.api.objective.JudgedStep;
import io.lanpo.api.objective.Means;
import io.lanpo.api.objective.Objective;
import io.lanpo.api.objective.Updates;
import io.lanpo.api.policy.Loss;
import io.lanpo.api.policy.LossTerm;
import io.lanpo.api.policy.TrainingExample;
import io.lanpo.api.task.Task;
import io.lanpo.engine.call.Named;
import io.lanpo.engine.rollout.Group;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Asks the objective of a run, and checks what it says before the policy learns from it.
 *
 * @param objective the run's objective
 * @param task poses questions plainly
 * @param means what the objective may ask for
 * @param calls how it is called
 */
public record StepLearning(
    Named<Objective.Learning> objective, Task task, Means means, AttendedCalls calls) {
  /** The metric that numbers the lines of a run's log. */
  private static final String STEP = "step";

  /** The advantages of a step's completions. */
  public List<double[]> advantages(List<JudgedGroup> groups) {
    List<double[]> all = calls.ask(objective, desk -> o -> copied(o.advantages(groups)));
    if (all.size() != groups.size()) {
      throw objective.fault(
          "gave advantages of %d groups, and there are %d".formatted(all.size(), groups.size()),
          null);
    }
    for (int g = 0; g < groups.size(); g++) {
      check(groups.get(g), all.get(g));
    }
    return all;
  }

  /** What it has given is no longer the objective's to change. */
  private static @Nullable List<double @Nullable []> copied(@Nullable List<double[]> advantages) {
    if (advantages == null) {
      return null;
    }
    List<double @Nullable []> copies = new ArrayList<>();
    for (double @Nullable [] of : advantages) {
      copies.add(of == null ? null : of.clone());
    }
    return copies;
  }

  private void check(JudgedGroup group, double @Nullable [] advantages) {
    List<JudgedCompletion> completions = group.completions();
    if (advantages == null) {
      throw objective.fault("gave null as the advantages of a group", null);
    }
    if (advantages.length != completions.size()) {
      throw objective.fault(
          "gave %d advantages to a group of %d completions"
              .formatted(advantages.length, completions.size()),
          null);
    }
    for (int i = 0; i < advantages.length; i++) {
      if (!Double.isFinite(advantages[i])
          || advantages[i] != 0 && completions.get(i).reward().isEmpty()) {
        throw objective.fault(
            "gave the advantage %s to a completion %s"
                .formatted(
                    advantages[i],
                    completions.get(i).reward().isPresent()
                        ? "with the reward " + completions.get(i).reward().getAsDouble()
                        : "without a reward"),
            null);
      }
    }
  }

  /** The updates of a step. Dynamic sampling may leave no group to learn from. */
  public Updates updates(int step, List<Group> all) {
    List<Group> groups = all.stream().filter(Group::learned).toList();
    List<double[]> advantages = groups.stream().map(Group::advantages).toList();
    JudgedStep judged =
        new JudgedStep(
            step,
            groups.stream().map(g -> g.judged(task)).toList(),
            advantages.stream().map(double[]::clone).toList());
    Updates updates =
        calls.ask(objective, desk -> o -> o.updates(judged, new AttendedMeans(means, desk)));
    if (updates.step() != step) {
      throw objective.fault(
          "gave updates of step %d when it was asked for those of step %d"
              .formatted(updates.step(), step),
          null);
    }
    boolean toLearn = advantages.stream().flatMapToDouble(Arrays::stream).anyMatch(a -> a != 0);
    boolean teaches =
        updates.terms().stream().anyMatch(of -> of.stream().anyMatch(t -> !t.examples().isEmpty()));
    if (toLearn && !teaches && !updates.idle()) {
      throw objective.fault("gave no loss for a step in which there is something to learn", null);
    }
    if (teaches && !objective.instance().learns()) {
      throw objective.fault("gave a loss, and says that it does not learn", null);
    }
    updates.terms().forEach(terms -> terms.forEach(this::check));
    updates.figures().forEach(this::check);
    return new Updates(
        step,
        updates.terms().stream().map(of -> of.stream().map(this::attended).toList()).toList(),
        updates.idle(),
        updates.figures());
  }

  private void check(@Nullable String name, @Nullable Number value) {
    if (name == null || name.isBlank() || name.equals(STEP)) {
      throw objective.fault(
          "gave a figure the name '%s', and it needs one of its own".formatted(name), null);
    }
    if (value == null || !Double.isFinite(value.doubleValue())) {
      throw objective.fault("gave the figure %s = %s".formatted(name, value), null);
    }
  }

  /** A term whose loss, where it is one of the objective's own, is called as the objective is. */
  private LossTerm attended(LossTerm term) {
    return term.loss() instanceof Loss.Custom custom
        ? new LossTerm(
            term.name(),
            new Loss.Custom(
                (examples, logProbs) ->
                    calls.ask(
                        objective,
                        desk ->
                            o ->
                                custom.outcomes(
                                    term.name(),
                                    examples,
                                    logProbs.stream().map(float[]::clone).toList())),
                custom.temperature()),
            term.examples())
        : term;
  }

  private void check(LossTerm term) {
    if (term.name() == null) {
      throw objective.fault("gave a term without a name", null);
    }
    if (term.loss() == null || !finite(term.loss())) {
      throw objective.fault(
          "gave the term %s the loss %s, whose weights and temperature must be finite"
              .formatted(term.name(), term.loss()),
          null);
    }
    int vocabulary = means.tokenizer().vocabularySize();
    for (TrainingExample example : term.examples()) {
      String lacking = lacking(term.loss(), example);
      if (!lacking.isEmpty()) {
        throw objective.fault(
            "gave the term %s an example without %s".formatted(term.name(), lacking), null);
      }
      boolean weighted =
          IntStream.range(0, example.scale().length)
              .allMatch(t -> Float.isFinite(example.scale()[t]) && example.scale()[t] >= 0);
      boolean finite =
          finite(example.advantages())
              && finite(example.samplingLogProbs())
              && finite(example.referenceLogProbs());
      boolean tokens =
          known(example.sequence().prompt(), vocabulary)
              && known(example.sequence().completion(), vocabulary);
      if (!weighted || !finite || !tokens) {
        throw objective.fault(
            "gave the term %s an example with %s"
                .formatted(
                    term.name(),
                    !weighted
                        ? "a scale that is negative or not a number"
                        : !finite
                            ? "an advantage or a log-probability that is not a finite number"
                            : "a token that is not one of the policy's %d".formatted(vocabulary)),
            null);
      }
    }
  }

  /** What the loss goes by and the example does not have. */
  private static String lacking(Loss loss, TrainingExample example) {
    if (loss instanceof Loss.ClippedSurrogate surrogate) {
      if (example.advantages().length == 0) {
        return "advantages";
      }
      if (surrogate.klCoefficient() > 0 && example.referenceLogProbs().length == 0) {
        return "reference log-probabilities, and its loss has a KL penalty";
      }
    }
    return "";
  }

  /** The bounds of a clipped surrogate may be infinite, which is no bound. */
  private static boolean finite(Loss loss) {
    return !(loss instanceof Loss.ClippedSurrogate surrogate)
        || Double.isFinite(surrogate.klCoefficient())
            && Double.isFinite(surrogate.entropyCoefficient())
            && Double.isFinite(surrogate.temperature());
  }

  private static boolean finite(float[] values) {
    return IntStream.range(0, values.length).allMatch(i -> Float.isFinite(values[i]));
  }

  private static boolean known(int[] tokens, int vocabulary) {
    return Arrays.stream(tokens).allMatch(token -> token >= 0 && token < vocabulary);
  }
}
