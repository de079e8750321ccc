package io.lanpo.engine.config;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import java.util.List;

/**
 * Which completions get language feedback, and which.
 *
 * <p>What a value means stands in the declaration of its setting.
 */
public record FeedbackSettings(
    double ratio,
    double reflectShare,
    Plan plan,
    Attempts attempts,
    int lessons,
    double floor,
    int topK,
    double duplicateOverlap,
    int window,
    double minUsefulness) {

  /** How feedback is spread over a step. */
  public enum Plan {
    /** Every group has plain, reflecting and abstracting completions; they share one baseline. */
    WITHIN_GROUP,
    /** All completions of a group have the same mode. */
    PER_PROMPT
  }

  /** Where the attempt of a review comes from. */
  public enum Attempts {
    /** From this step's plain completions for the problem, else from the pool. */
    STEP,
    /** From the pool: attempts of earlier steps. */
    POOL,
    /** Control experiment: an attempt at another problem of this step. */
    OTHER
  }

  static final Setting<Double> RATIO =
      Setting.decimal(
          "feedback.ratio", 0.5, 0, 1, "share", "share of completions with language feedback");

  static final Setting<Double> REFLECT_SHARE =
      Setting.decimal(
          "feedback.reflect-share", 0.5, 0, 1, "share", "share of reflection among these");

  static final Setting<Plan> PLAN =
      Setting.choice("feedback.plan", Plan.class, "whether a group mixes modes or has one mode");

  static final Setting<Attempts> ATTEMPTS =
      Setting.choice(
          "feedback.attempts",
          Attempts.class,
          "where the attempt under review comes from; 'other' is the blind control");

  static final Setting<Integer> LESSONS =
      Setting.integer("feedback.lessons", 1, 1, 64, "lessons", "most lessons in a prompt");

  static final Setting<Double> FLOOR =
      Setting.decimal(
          "feedback.floor", 0.6, -1, 1, "relevance", "least relevance of a lesson's problem");

  static final Setting<Integer> TOP_K =
      Setting.integer(
          "feedback.top-k",
          0,
          0,
          1_000_000,
          "problems",
          "lessons of this many of the most relevant problems are considered; 0: of all above"
              + " the floor");

  static final Setting<Double> DUPLICATE_OVERLAP =
      Setting.decimal(
          "feedback.duplicate-overlap",
          0.1,
          0,
          1,
          "share",
          "common words from which a problem with the same numbers counts as the same one, so"
              + " that its lessons are not shown");

  static final Setting<Integer> WINDOW =
      Setting.integer(
          "feedback.window", 1500, 1, 10_000_000, "lessons", "newest lessons that are considered");

  static final Setting<Double> MIN_USEFULNESS =
      Setting.decimal(
          "feedback.min-usefulness",
          0.45,
          0,
          1,
          "chance",
          "a principle drawn below this usefulness gives way to a pitfall; 0.5: completions that saw it"
              + " did as well as their groups");

  static final List<Setting<?>> DECLARED =
      List.of(
          RATIO,
          REFLECT_SHARE,
          PLAN,
          ATTEMPTS,
          LESSONS,
          FLOOR,
          TOP_K,
          DUPLICATE_OVERLAP,
          WINDOW,
          MIN_USEFULNESS);

  FeedbackSettings none() {
    return new FeedbackSettings(
        0,
        reflectShare,
        plan,
        attempts,
        lessons,
        floor,
        topK,
        duplicateOverlap,
        window,
        minUsefulness);
  }

  static FeedbackSettings of(Settings settings) {
    return new FeedbackSettings(
        settings.get(RATIO),
        settings.get(REFLECT_SHARE),
        settings.get(PLAN),
        settings.get(ATTEMPTS),
        settings.get(LESSONS),
        settings.get(FLOOR),
        settings.get(TOP_K),
        settings.get(DUPLICATE_OVERLAP),
        settings.get(WINDOW),
        settings.get(MIN_USEFULNESS));
  }
}
