package io.lanpo.engine.config;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.policy.AdamW;
import java.util.ArrayList;
import java.util.List;

/**
 * A run's own settings; those of the components it names come beside them.
 *
 * <p>What a value means stands in the declaration of its setting.
 *
 * @param language whether there is language feedback: not in the baseline, {@code algorithm=grpo}
 * @param optimizer AdamW of reinforcement learning, with the peak learning rate
 */
public record RunSettings(
    long seed,
    int steps,
    int staleness,
    int problems,
    int groupSize,
    int mostRefillRounds,
    String model,
    EvaluationSettings evaluation,
    int checkpointEvery,
    int checkpointKeep,
    boolean checkpointKeepBest,
    SamplingSettings sampling,
    boolean language,
    FeedbackSettings feedback,
    DistillSettings distill,
    AdamW optimizer,
    ColdStartSettings coldStart,
    MemorySettings memory,
    TextSettings text,
    MetricsSettings metrics,
    double mostFailures,
    boolean logTokens) {

  private static final String OPTIMIZER = "optimizer.";

  /** What becomes of problems whose own gold answer the verifier does not accept. */
  public enum GoldAnswers {
    /** The run is refused. */
    REFUSE,
    /** The run goes on without them. */
    DROP,
    /** It goes on without those that are wrong, and with those that have no answer to check. */
    DROP_WRONG
  }

  /** What becomes of training problems that are held-out ones, too. */
  public enum Contaminated {
    /** Those with the same wording are left out of training. */
    DROP_EXACT,
    /** Those that seem to say the same in other words, too. */
    DROP_NEAR,
    /** They stay. */
    KEEP,
    /** A run with the same wording on both sides is refused. */
    REFUSE
  }

  static final Setting<String> DESCRIPTION =
      Setting.text("description", "", "what this run is for, one line");

  static final Setting<String> ALGORITHM =
      Setting.choice(
          "algorithm",
          List.of("lanpo", "grpo"),
          "grpo is the same loop without language feedback: no plan, no lessons");

  /** Fixes everything that is random. */
  public static final Setting<Long> SEED =
      Setting.wide("seed", 0, 0, Long.MAX_VALUE, "", "fixes everything that is random");

  /** Length of the run. */
  public static final Setting<Integer> STEPS =
      Setting.integer("steps", 100, 0, 100_000_000, "training steps", "length of the run");

  static final Setting<Integer> STALENESS =
      Setting.integer(
          "staleness",
          0,
          0,
          1,
          "training steps",
          "1: the completions of a step are sampled before the update of the step before it, beside"
              + " it where the policy can do both at once; see objective.correction");

  static final Setting<Integer> PROBLEMS =
      Setting.integer("problems", 8, 1, 65_536, "problems", "problems drawn per step");

  static final Setting<Integer> GROUP_SIZE =
      Setting.integer("group-size", 8, 2, 4096, "completions", "completions per problem: a group");

  static final Setting<Integer> REFILL =
      Setting.integer(
          "refill.most-rounds",
          0,
          0,
          100,
          "rounds",
          "dynamic sampling: how often a step may draw as many problems again, while fewer of its"
              + " groups than 'problems' have differing rewards; only such groups, and at most"
              + " 'problems' of them, are learned from. 0: all groups of the problems drawn are");

  public static final Setting<String> MODEL =
      Setting.text(
          "model",
          "",
          "checkpoint folder or GGUF file of the policy to begin with; empty: random weights and a cold start");

  static final Setting<GoldAnswers> GOLD_ANSWERS =
      Setting.choice(
          "gold-answers",
          GoldAnswers.class,
          "what becomes of problems whose own gold answer the verifier does not accept: the run is"
              + " refused, or they are listed in dropped.jsonl of its folder and dropped; with"
              + " drop-wrong, those stay whose key has only tests and no answer to check");

  public static final Setting<Contaminated> CONTAMINATION =
      Setting.choice(
          "contamination",
          Contaminated.class,
          "what becomes of training problems that are held-out ones, too: drop-exact leaves out"
              + " those with the same wording, drop-near also those that seem to say the same in"
              + " other words, keep leaves out none, refuse stops a run that has the same wording"
              + " on both sides; run.json has the counts");

  /** Name of a pool that runs share. */
  private static final Setting<String> POOL_NAME =
      Setting.text(
          "pool.name", "", "name of a pool that runs share; empty: a pool of the run's own");

  static final Setting<Integer> CHECKPOINT_EVERY =
      Setting.integer(
          "checkpoint.every", 10, 1, 1_000_000, "training steps", "steps between checkpoints");

  static final Setting<Integer> CHECKPOINT_KEEP =
      Setting.integer(
          "checkpoint.keep",
          2,
          1,
          1_000_000,
          "checkpoints",
          "how many checkpoints are kept, the newest ones; from an older one a run goes on when the"
              + " newest is damaged");

  static final Setting<Boolean> CHECKPOINT_KEEP_BEST =
      Setting.flag(
          "checkpoint.keep-best",
          true,
          "whether that of the best evaluation between steps is made and kept, too; the metric"
              + " bestStep names it");

  /** What may be changed of a run that goes on: how long it does. */
  public static final List<Setting<?>> LENGTH = List.of(STEPS, EvaluationSettings.PATIENCE);

  private static final Setting<Double> FAILURES =
      Setting.decimal(
          "failures.most",
          0.5,
          0,
          1,
          "share",
          "share of a step's calls of a strategy or of the verifier that may fail; beyond it the"
              + " run stops with a checkpoint");

  private static final Setting<Boolean> LOG_TOKENS =
      Setting.flag(
          "log.tokens",
          false,
          "whether rollouts.jsonl has the token ids of prompts and completions and the completions'"
              + " log-probabilities, too, from which an update can be checked");

  /** Every setting of a run, in the order of the configuration reference. */
  public static final List<Setting<?>> DECLARED = declare();

  private static List<Setting<?>> declare() {
    List<Setting<?>> all = new ArrayList<>();
    all.addAll(List.of(DESCRIPTION, ALGORITHM, SEED));
    for (ComponentKind kind : ComponentKind.values()) {
      if (kind.many()) {
        continue;
      }
      all.add(
          Setting.text(
              kind.key(),
              kind.defaultName(),
              "name of the " + kind.title() + (kind.optional() ? "; empty: none" : "")));
    }
    all.addAll(TextSettings.DECLARED);
    all.addAll(MetricsSettings.DECLARED);
    all.addAll(
        List.of(
            GOLD_ANSWERS,
            CONTAMINATION,
            STEPS,
            STALENESS,
            PROBLEMS,
            GROUP_SIZE,
            REFILL,
            MODEL,
            POOL_NAME));
    all.addAll(EvaluationSettings.DECLARED);
    all.addAll(
        List.of(CHECKPOINT_EVERY, CHECKPOINT_KEEP, CHECKPOINT_KEEP_BEST, FAILURES, LOG_TOKENS));
    all.addAll(SamplingSettings.DECLARED);
    all.addAll(FeedbackSettings.DECLARED);
    all.addAll(DistillSettings.DECLARED);
    all.addAll(OptimizerSettings.declare(OPTIMIZER, 1e-6, 0.95, 0));
    all.addAll(ColdStartSettings.DECLARED);
    all.addAll(MemorySettings.DECLARED);
    return List.copyOf(all);
  }

  /** What becomes of problems whose gold answer is not accepted, from checked settings. */
  public static GoldAnswers goldAnswers(Settings settings) {
    return settings.get(GOLD_ANSWERS);
  }

  /** What becomes of training problems that are held-out ones, too, from checked settings. */
  public static Contaminated contaminated(Settings settings) {
    return settings.get(CONTAMINATION);
  }

  /** The name of the pool that the run shares with others; empty for one of its own. */
  public static String sharedPool(Settings settings) {
    return settings.get(POOL_NAME);
  }

  /**
   * Reads checked settings. {@code algorithm=grpo} is the same loop without feedback and lessons.
   */
  public static RunSettings of(Settings settings) {
    boolean baseline = settings.get(ALGORITHM).equals("grpo");
    return new RunSettings(
        settings.get(SEED),
        settings.get(STEPS),
        settings.get(STALENESS),
        settings.get(PROBLEMS),
        settings.get(GROUP_SIZE),
        settings.get(REFILL),
        settings.get(MODEL),
        EvaluationSettings.of(settings),
        settings.get(CHECKPOINT_EVERY),
        settings.get(CHECKPOINT_KEEP),
        settings.get(CHECKPOINT_KEEP_BEST),
        SamplingSettings.of(settings),
        !baseline,
        FeedbackSettings.of(settings),
        baseline ? DistillSettings.of(settings).none() : DistillSettings.of(settings),
        OptimizerSettings.of(settings.under(OPTIMIZER)),
        ColdStartSettings.of(settings),
        MemorySettings.of(settings),
        TextSettings.of(settings),
        MetricsSettings.of(settings),
        settings.get(FAILURES),
        settings.get(LOG_TOKENS));
  }
}
