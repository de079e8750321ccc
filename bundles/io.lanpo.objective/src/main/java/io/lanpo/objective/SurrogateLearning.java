package io.lanpo.objective;

import io.lanpo.api.component.UserException;
import io.lanpo.api.objective.JudgedCompletion;
import io.lanpo.api.objective.JudgedGroup;
import io.lanpo.api.objective.JudgedStep;
import io.lanpo.api.objective.Means;
import io.lanpo.api.objective.Objective;
import io.lanpo.api.objective.Updates;
import io.lanpo.api.policy.Loss;
import io.lanpo.api.policy.Sampling;
import io.lanpo.api.policy.Sequence;
import io.lanpo.api.policy.TokenLoss;
import io.lanpo.libs.objective.Advantages;
import io.lanpo.libs.objective.Clip;
import io.lanpo.libs.objective.ContextDistillation;
import io.lanpo.libs.objective.ImportanceCorrection;
import io.lanpo.libs.objective.Item;
import io.lanpo.libs.objective.KlReward;
import io.lanpo.libs.objective.PenalisedLoss;
import io.lanpo.libs.objective.Rewards;
import io.lanpo.libs.objective.SequenceRatio;
import io.lanpo.libs.objective.StepUpdates;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * From rewards to a clipped surrogate.
 *
 * <p>Completions with an advantage of zero are left out where they add nothing to the gradient,
 * which they do only by a KL penalty or an entropy bonus; the normaliser still counts them. Two
 * extensions, each off at 0: <em>context distillation</em> trains a completion that succeeded with
 * feedback under the plain prompt too, and <em>replay</em> adds demonstrations.
 *
 * @param unused what was set and changes nothing, a sentence for each
 */
record SurrogateLearning(Options options, List<String> unused) implements Objective.Learning {
  @Override
  public boolean needsReference() {
    return options.kl().weight() > 0;
  }

  @Override
  public int referenceRefresh() {
    return options.referenceRefresh();
  }

  @Override
  public boolean trainsFeedbackPrompts() {
    return options.feedbackWeight() > 0;
  }

  @Override
  public int miniBatches() {
    return options.updates().miniBatches().most();
  }

  @Override
  public boolean needsDemonstrations() {
    return options.updates().replay().demonstrations() > 0;
  }

  @Override
  public boolean corrects() {
    return options.correction() != Options.Correction.NEVER;
  }

  @Override
  public void check(List<Sampling> samplings) {
    int buffer = options.overlong().buffer();
    int shortest = samplings.stream().mapToInt(Sampling::maxTokens).min().orElse(buffer);
    if (buffer > shortest) {
      throw new UserException(
          "objective.overlong-buffer = %d tokens, and completions are allowed %d"
              .formatted(buffer, shortest),
          "Set it to at most %d, or raise sampling.max-tokens and sampling.max-review-tokens."
              .formatted(shortest));
    }
  }

  @Override
  public List<double[]> advantages(List<JudgedGroup> groups) {
    return compared(Rewards.plus(groups, options.overlong().of(groups)));
  }

  private List<double[]> compared(List<JudgedGroup> groups) {
    return Advantages.of(options.baseline(), options.spread(), options.negativeWeight(), groups);
  }

  @Override
  public Updates updates(JudgedStep step, Means means) {
    Map<String, Number> figures = new LinkedHashMap<>();
    List<double[]> advantages = taught(step, means, figures);
    List<Item> items = items(step.groups(), advantages, means);
    Map<String, Number> corrected = correct(items, means);
    List<Item> all = withReference(items, means);
    figures.putAll(corrected);
    return options.updates().of(step, all, parts(means.temperature()), figures, means);
  }

  /**
   * The advantages that teach. They are those that were logged, unless a KL penalty is in the
   * reward: the reference is not asked before there is something to learn.
   */
  private List<double[]> taught(JudgedStep step, Means means, Map<String, Number> figures) {
    List<JudgedGroup> groups = step.groups();
    List<double[]> overlong = options.overlong().of(groups);
    if (options.overlong().active()) {
      figures.put("overlongPenalty", 0 - Rewards.mean(groups, overlong));
    }
    if (options.klIn() == Options.KlIn.LOSS) {
      return step.advantages();
    }
    List<double[]> added =
        new KlReward(options.kl()).of(groups, means.reference(), means.temperature());
    List<double[]> taught = compared(Rewards.plus(Rewards.plus(groups, overlong), added));
    figures.put("klPenalty", 0 - Rewards.mean(groups, added));
    figures.put("advantageShift", Rewards.mean(groups, distances(taught, step.advantages())));
    return taught;
  }

  private static List<double[]> distances(List<double[]> some, List<double[]> others) {
    List<double[]> distances = new ArrayList<>(some.size());
    for (int g = 0; g < some.size(); g++) {
      double[] one = some.get(g);
      double[] other = others.get(g);
      distances.add(
          IntStream.range(0, one.length).mapToDouble(i -> Math.abs(one[i] - other[i])).toArray());
    }
    return distances;
  }

  private List<Item> items(List<JudgedGroup> groups, List<double[]> advantages, Means means) {
    List<Item> items = new ArrayList<>();
    for (int g = 0; g < groups.size(); g++) {
      JudgedGroup group = groups.get(g);
      for (int i = 0; i < group.completions().size(); i++) {
        JudgedCompletion completion = group.completions().get(i);
        double advantage = advantages.get(g)[i];
        if (!learned(completion, advantage)) {
          continue;
        }
        boolean feedback = completion.withFeedback();
        double weight = feedback ? options.feedbackWeight() : 1;
        if (weight > 0) {
          items.add(
              Item.sampled(
                  new Sequence(completion.prompt(), completion.tokens()),
                  advantage * weight,
                  completion.samplingLogProbs()));
        }
        if (feedback && advantage > 0 && options.distillation() > 0) {
          ContextDistillation.of(group, completion, means.tokenizer())
              .map(sequence -> Item.imagined(sequence, advantage * options.distillation()))
              .ifPresent(items::add);
        }
      }
    }
    return items;
  }

  /**
   * Whether a completion adds to the gradient: by its advantage, or, whatever that is, by a penalty
   * or a bonus.
   */
  private boolean learned(JudgedCompletion completion, double advantage) {
    boolean anyhow =
        (options.klInLoss().weight() > 0 || options.entropy() > 0)
            && completion.reward().isPresent();
    boolean masked = options.maskTruncated() && !completion.finished();
    return (advantage != 0 || anyhow) && !masked && completion.tokens().length > 0;
  }

  private Map<String, Number> correct(List<Item> items, Means means) {
    boolean corrects =
        switch (options.correction()) {
          case WHEN_STALE -> means.stale();
          case ALWAYS -> true;
          case NEVER -> false;
        };
    return corrects
        ? new ImportanceCorrection(means.policy(), means.temperature(), options.importance())
            .correct(items)
            .map(ImportanceCorrection.Figures::byName)
            .orElse(Map.of())
        : Map.of();
  }

  private List<Item> withReference(List<Item> items, Means means) {
    if (options.klInLoss().weight() == 0 || items.isEmpty()) {
      return items;
    }
    List<float[]> scores =
        means
            .reference()
            .logProbs(items.stream().map(Item::sequence).toList(), means.temperature());
    List<Item> scored = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      scored.add(items.get(i).withReference(scores.get(i)));
    }
    return scored;
  }

  /** By what the completions of an update are learned. */
  private List<StepUpdates.Part> parts(double temperature) {
    List<StepUpdates.Part> parts = new ArrayList<>();
    parts.add(StepUpdates.Part.policyGradient(loss(temperature)));
    if (options.surrogate() == Options.Surrogate.GSPO && options.entropy() > 0) {
      parts.add(entropy(temperature));
    }
    return parts;
  }

  /**
   * An entropy bonus alone: a loss that goes by the tokens' log-probabilities cannot have one, as
   * the entropy is that of whole distributions. It costs another pass over the completions.
   */
  private StepUpdates.Part entropy(double temperature) {
    return new StepUpdates.Part(
        "entropy",
        options.clip().loss(temperature).withEntropy(options.entropy()),
        item -> Item.imagined(item.sequence(), 0));
  }

  private Loss loss(double temperature) {
    Clip clip = options.clip();
    if (options.surrogate() == Options.Surrogate.GSPO) {
      TokenLoss ratio = new SequenceRatio(clip.low(), clip.high());
      return new Loss.Custom(
          options.klInLoss().weight() > 0 ? new PenalisedLoss(ratio, options.klInLoss()) : ratio,
          temperature);
    }
    return new Loss.ClippedSurrogate(
            clip.low(), clip.high(), options.klInLoss().weight(), temperature)
        .withForm(
            options.surrogate() == Options.Surrogate.CISPO
                ? Loss.SurrogateForm.CISPO
                : Loss.SurrogateForm.PPO)
        .withDualClip(options.dualClip())
        .withKlEstimator(options.kl().estimator())
        .withEntropy(options.entropy());
  }
}
