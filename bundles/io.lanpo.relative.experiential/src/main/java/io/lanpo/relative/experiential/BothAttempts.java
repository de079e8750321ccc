package io.lanpo.relative.experiential;

import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.objective.JudgedCompletion;
import io.lanpo.api.objective.JudgedGroup;
import io.lanpo.api.objective.JudgedStep;
import io.lanpo.api.objective.Means;
import io.lanpo.api.objective.Objective;
import io.lanpo.api.objective.Updates;
import io.lanpo.api.policy.Sequence;
import io.lanpo.libs.objective.Advantages;
import io.lanpo.libs.objective.Baseline;
import io.lanpo.libs.objective.Clip;
import io.lanpo.libs.objective.ContextDistillation;
import io.lanpo.libs.objective.Item;
import io.lanpo.libs.objective.Spread;
import io.lanpo.libs.objective.StepUpdates;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * First and second attempts against baselines of their own, and second ones without what they had
 * read.
 *
 * @param secondWeight factor on the advantages of second attempts
 * @param internalisation weight of accepted second attempts under the plain prompt
 * @param clip bounds of the ratio
 * @param stepUpdates divides a step
 */
record BothAttempts(double secondWeight, double internalisation, Clip clip, StepUpdates stepUpdates)
    implements Objective.Learning {
  @Override
  public int miniBatches() {
    return stepUpdates.miniBatches().most();
  }

  @Override
  public boolean needsDemonstrations() {
    return stepUpdates.replay().demonstrations() > 0;
  }

  @Override
  public List<double[]> advantages(List<JudgedGroup> groups) {
    List<double[]> first = compared(groups, false);
    List<double[]> second = compared(groups, true);
    List<double[]> all = new ArrayList<>(groups.size());
    for (int g = 0; g < groups.size(); g++) {
      List<JudgedCompletion> completions = groups.get(g).completions();
      double[] advantages = new double[completions.size()];
      int firsts = 0;
      int seconds = 0;
      for (int i = 0; i < advantages.length; i++) {
        advantages[i] =
            second(completions.get(i)) ? second.get(g)[seconds++] : first.get(g)[firsts++];
      }
      all.add(advantages);
    }
    return all;
  }

  private static List<double[]> compared(List<JudgedGroup> groups, boolean second) {
    return Advantages.of(
        Baseline.MEAN,
        Spread.GROUP,
        1,
        groups.stream()
            .map(
                group ->
                    new JudgedGroup(
                        group.question(),
                        group.prompt(),
                        group.completions().stream().filter(c -> second(c) == second).toList()))
            .toList());
  }

  /** Whether it is a review; a review that fell back is one more first attempt. */
  private static boolean second(JudgedCompletion completion) {
    return completion.mode() == FeedbackMode.REFLECT;
  }

  @Override
  public Updates updates(JudgedStep step, Means means) {
    List<Item> items = new ArrayList<>();
    int internalised = 0;
    for (int g = 0; g < step.groups().size(); g++) {
      JudgedGroup group = step.groups().get(g);
      for (int i = 0; i < group.completions().size(); i++) {
        JudgedCompletion completion = group.completions().get(i);
        reinforced(completion, step.advantages().get(g)[i]).ifPresent(items::add);
        Optional<Item> plain = internalised(group, completion, means);
        plain.ifPresent(items::add);
        internalised += plain.isPresent() ? 1 : 0;
      }
    }
    return stepUpdates.of(
        step,
        items,
        clip.loss(means.temperature()),
        Map.of("experiential.internalised", internalised),
        means);
  }

  private Optional<Item> reinforced(JudgedCompletion completion, double advantage) {
    double weighted = second(completion) ? secondWeight * advantage : advantage;
    return weighted == 0 || completion.tokens().length == 0
        ? Optional.empty()
        : Optional.of(
            Item.sampled(
                new Sequence(completion.prompt(), completion.tokens()),
                weighted,
                completion.samplingLogProbs()));
  }

  /**
   * A second attempt as a first one. The policy stands in for the one that sampled it, so that its
   * ratio is one whatever came before: the gradient is that of a cross-entropy with this weight.
   */
  private Optional<Item> internalised(JudgedGroup group, JudgedCompletion completion, Means means) {
    return internalisation == 0 || !second(completion) || !completion.accepted()
        ? Optional.empty()
        : ContextDistillation.of(group, completion, means.tokenizer())
            .map(sequence -> Item.imagined(sequence, internalisation));
  }
}
