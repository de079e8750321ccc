package io.lanpo.engine.run.lifecycle;

import io.lanpo.api.component.Setting;
import io.lanpo.api.train.EvaluationMode;
import io.lanpo.engine.run.folder.ModelCard.HeldOut;
import io.lanpo.engine.run.folder.Scores;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The evaluations between the steps of a run so far: which was best, and how long ago. */
final class EvaluationHistory {
  /** What their scores are called in the metrics of a step. */
  static final String METRIC = "evaluation.zero-shot";

  private int bestStep;
  private double best = Double.NEGATIVE_INFINITY;
  private int since;
  private int lastStep;
  private double last;

  /**
   * The next evaluation.
   *
   * @return whether it is better than all before
   */
  boolean add(int step, double score) {
    lastStep = step;
    last = score;
    if (score > best) {
      best = score;
      bestStep = step;
      since = 0;
      return true;
    }
    since++;
    return false;
  }

  /** The first step with the best score; 0 before the first evaluation. */
  int bestStep() {
    return bestStep;
  }

  /**
   * What is known of the policy as it is now, for its card.
   *
   * @param before scores before the first step
   * @param after scores after the last step; null before that
   */
  List<HeldOut> scores(@Nullable Scores before, @Nullable Scores after) {
    List<HeldOut> scores = new ArrayList<>();
    if (before != null) {
      scores.addAll(HeldOut.of("before", before));
    }
    if (after != null) {
      scores.addAll(HeldOut.of("after", after));
    } else if (lastStep > 0) {
      String mode = Setting.word(EvaluationMode.ZERO_SHOT);
      scores.add(new HeldOut("after step " + lastStep, mode, last, Double.NaN));
    }
    return scores;
  }

  /**
   * Whether so many evaluations in turn were no better.
   *
   * @param patience 0: never
   */
  boolean exhausted(int patience) {
    return patience > 0 && since >= patience;
  }
}
