package io.lanpo.objective;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.Loss.KlEstimator;
import io.lanpo.libs.objective.Baseline;
import io.lanpo.libs.objective.Clip;
import io.lanpo.libs.objective.ImportanceRule;
import io.lanpo.libs.objective.KlPenalty;
import io.lanpo.libs.objective.OverlongPenalty;
import io.lanpo.libs.objective.Spread;
import io.lanpo.libs.objective.StepUpdates;
import java.util.List;

/**
 * The options of an objective.
 *
 * <p>What a value means stands in the declaration of its setting.
 */
record Options(
    Baseline baseline,
    Spread spread,
    double negativeWeight,
    OverlongPenalty overlong,
    StepUpdates updates,
    Surrogate surrogate,
    Clip clip,
    double dualClip,
    KlPenalty kl,
    KlIn klIn,
    int referenceRefresh,
    double entropy,
    boolean maskTruncated,
    double feedbackWeight,
    double distillation,
    Correction correction,
    ImportanceRule importance) {

  /** How a ratio of probabilities becomes a loss. */
  enum Surrogate {
    /** A token's ratio, the lesser of two (arXiv 1707.06347). */
    PPO,
    /** A token's ratio, clipped as a weight without a gradient (arXiv 2506.13585). */
    CISPO,
    /** A completion's ratio (arXiv 2507.18071). */
    GSPO
  }

  /** Where a KL penalty is. */
  enum KlIn {
    /** In the loss of each token, with a gradient (arXiv 2402.03300). */
    LOSS,
    /** In the reward of a completion, and so in the advantages (arXiv 2501.03262). */
    REWARD
  }

  /** When completions get importance weights for the policy that sampled them. */
  enum Correction {
    /** When older or more coarsely rounded weights sampled them: {@code staleness = 1}, int8. */
    WHEN_STALE,
    /**
     * Always, as the engine that samples may compute other probabilities than the one that learns.
     */
    ALWAYS,
    /** Never: the ratio of the loss is to the policy that sampled. */
    NEVER
  }

  static final Setting<Baseline> BASELINE =
      Setting.choice(
          "baseline",
          Baseline.class,
          "what a reward is compared with: the mean of its group, of the others of its group, or of"
              + " the step");

  static final Setting<Spread> SPREAD =
      Setting.choice(
          "spread",
          Spread.class,
          "what the difference is divided by: the standard deviation of the group, nothing, or that"
              + " of the step");

  static final Setting<Double> NEGATIVE_WEIGHT =
      Setting.decimal("negative-weight", 1, 0, 100, "factor", "factor on negative advantages");

  static final Setting<Integer> OVERLONG_BUFFER =
      Setting.integer(
          "overlong-buffer",
          0,
          0,
          1_000_000,
          "tokens",
          "soft overlong penalty: over so many of the last tokens that a completion is allowed its"
              + " reward falls; 0: it does not");

  static final Setting<Double> OVERLONG_PENALTY =
      Setting.decimal(
          "overlong-penalty",
          1,
          0,
          100,
          "reward",
          "how much the reward has fallen at the end of overlong-buffer");

  static final Setting<Surrogate> SURROGATE =
      Setting.choice(
          "surrogate",
          Surrogate.class,
          "how a ratio of probabilities becomes a loss: ppo, a token's, the lesser of two; cispo, a"
              + " token's as a weight without a gradient; gspo, a completion's");

  static final Setting<Double> DUAL_CLIP =
      Setting.decimal(
          "dual-clip",
          0,
          0,
          100,
          "",
          "the most that a ratio counts where the advantage is negative, above 1; 0: no bound");

  static final Setting<Double> KL =
      Setting.decimal(
          "kl",
          0,
          0,
          100,
          "",
          "weight of the KL penalty to the policy before step 1, or as reference-refresh says");

  static final Setting<KlEstimator> KL_ESTIMATOR =
      Setting.choice("kl-estimator", KlEstimator.class, "what stands for KL in the penalty")
          .withDefault(KlEstimator.K3);

  static final Setting<KlIn> KL_IN =
      Setting.choice(
          "kl-in",
          KlIn.class,
          "where the KL penalty is: in the loss, a mean over tokens; or taken off the reward, a sum"
              + " over the completion, before rewards are compared");

  static final Setting<Integer> REFERENCE_REFRESH =
      Setting.integer(
          "reference-refresh",
          0,
          0,
          1_000_000,
          "training steps",
          "every so many steps the reference of the KL penalty becomes the policy as it is then; takes"
              + " the memory of a policy more, with adapters, too. 0: it stays the policy before step"
              + " 1");

  static final Setting<Double> ENTROPY =
      Setting.decimal("entropy", 0, 0, 100, "", "weight of an entropy bonus");

  static final Setting<Boolean> MASK_TRUNCATED =
      Setting.flag(
          "mask-truncated",
          false,
          "whether completions that reached no end are left out of the loss; they count in the"
              + " baseline");

  static final Setting<Double> FEEDBACK_WEIGHT =
      Setting.decimal(
          "feedback-weight",
          1,
          0,
          100,
          "factor",
          "weight of the loss under the prompt with feedback; 0 leaves it to distillation");

  static final Setting<Double> DISTILLATION =
      Setting.decimal(
          "distillation",
          0,
          0,
          100,
          "factor",
          "context distillation: weight of feedback completions with a positive advantage under the"
              + " plain prompt");

  static final Setting<Correction> CORRECTION =
      Setting.choice(
          "correction",
          Correction.class,
          "when tokens get importance weights, policy before the update over policy that sampled;"
              + " costs a pass over the completions. when-stale: with staleness=1, and where completions"
              + " are sampled in a lower precision than is learned in");

  static final Setting<ImportanceRule.Level> IMPORTANCE_LEVEL =
      Setting.choice(
          "importance-level",
          ImportanceRule.Level.class,
          "whether such a weight is a token's, or one for all tokens of a completion: the product of"
              + " theirs");

  static final Setting<ImportanceRule.Form> IMPORTANCE_FORM =
      Setting.choice(
          "importance-form",
          ImportanceRule.Form.class,
          "what becomes of a weight above importance-cap: truncate, it counts as the cap; mask, the"
              + " token or the completion is left out");

  static final Setting<Double> IMPORTANCE_CAP =
      Setting.decimal("importance-cap", 2, 0, 1e6, "factor", "the most that such a weight may be");

  static final List<Setting<?>> DECLARED =
      List.of(
          BASELINE,
          SPREAD,
          NEGATIVE_WEIGHT,
          OVERLONG_BUFFER,
          OVERLONG_PENALTY,
          StepUpdates.AGGREGATION,
          StepUpdates.CONSTANT_LENGTH,
          SURROGATE,
          Clip.LOW,
          Clip.HIGH,
          DUAL_CLIP,
          KL,
          KL_ESTIMATOR,
          KL_IN,
          REFERENCE_REFRESH,
          ENTROPY,
          MASK_TRUNCATED,
          StepUpdates.MINI_BATCHES,
          StepUpdates.LEAST_TO_SPLIT,
          StepUpdates.EPOCHS,
          FEEDBACK_WEIGHT,
          DISTILLATION,
          StepUpdates.REPLAY,
          StepUpdates.REPLAY_WEIGHT,
          CORRECTION,
          IMPORTANCE_LEVEL,
          IMPORTANCE_FORM,
          IMPORTANCE_CAP);

  static Options of(Settings settings) {
    Options options =
        new Options(
            settings.get(BASELINE),
            settings.get(SPREAD),
            settings.get(NEGATIVE_WEIGHT),
            new OverlongPenalty(settings.get(OVERLONG_BUFFER), settings.get(OVERLONG_PENALTY)),
            StepUpdates.of(settings),
            settings.get(SURROGATE),
            Clip.of(settings),
            settings.get(DUAL_CLIP),
            new KlPenalty(settings.get(KL), settings.get(KL_ESTIMATOR)),
            settings.get(KL_IN),
            settings.get(REFERENCE_REFRESH),
            settings.get(ENTROPY),
            settings.get(MASK_TRUNCATED),
            settings.get(FEEDBACK_WEIGHT),
            settings.get(DISTILLATION),
            settings.get(CORRECTION),
            new ImportanceRule(
                settings.get(IMPORTANCE_LEVEL),
                settings.get(IMPORTANCE_FORM),
                settings.get(IMPORTANCE_CAP)));
    options.refuseContradictions(settings);
    return options;
  }

  /** The penalty in the loss; its weight is 0 where there is none. */
  KlPenalty klInLoss() {
    return klIn == KlIn.LOSS ? kl : new KlPenalty(0, kl.estimator());
  }

  private void refuseContradictions(Settings settings) {
    if (dualClip > 0 && dualClip <= 1) {
      throw new UserException(
          "%s = %s must be above 1, or 0 for no bound".formatted(settings.key(DUAL_CLIP), dualClip),
          "The field uses 3.");
    }
    if (dualClip > 0 && surrogate != Surrogate.PPO) {
      throw contradiction(settings, DUAL_CLIP, dualClip);
    }
    if (klIn == KlIn.REWARD && kl.weight() == 0) {
      throw new UserException(
          "%s = reward, but %s = 0: there is no penalty to take off"
              .formatted(settings.key(KL_IN), settings.key(KL)),
          "Set %s above 0, or leave %s out.".formatted(settings.key(KL), settings.key(KL_IN)));
    }
    if (correction != Correction.NEVER && importance.cap() == 0) {
      throw new UserException(
          "%s = 0: a completion that is corrected would teach nothing"
              .formatted(settings.key(IMPORTANCE_CAP)),
          "Set it above 0, or %s to never.".formatted(settings.key(CORRECTION)));
    }
    if (referenceRefresh > 0 && kl.weight() == 0) {
      throw new UserException(
          "%s = %d, but %s = 0: no reference is asked"
              .formatted(settings.key(REFERENCE_REFRESH), referenceRefresh, settings.key(KL)),
          "Set %s above 0, or %s to 0."
              .formatted(settings.key(KL), settings.key(REFERENCE_REFRESH)));
    }
  }

  private UserException contradiction(Settings settings, Setting<?> key, double value) {
    return new UserException(
        "%s = %s does not go with %s = %s"
            .formatted(settings.key(key), value, settings.key(SURROGATE), Setting.word(surrogate)),
        "Set it to 0, or %s to ppo.".formatted(settings.key(SURROGATE)));
  }
}
