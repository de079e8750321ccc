package io.lanpo.libs.objective;

import io.lanpo.api.objective.JudgedCompletion;
import io.lanpo.api.objective.JudgedGroup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.util.FastMath;

/** Advantages as pure functions of rewards. */
public final class Advantages {
  /** Keeps a group with tiny differences from exploding; the value the field uses. */
  private static final double EPSILON = 1e-4;

  private Advantages() {}

  /**
   * Advantages of the completions of a step: (r − baseline) / (spread + 1e-4).
   *
   * @param negativeWeight factor on negative advantages
   * @return {@code [groups][completions]}; 0 where there is no score, and, unless the baseline is
   *     that of the step, in groups of equal rewards
   */
  public static List<double[]> of(
      Baseline baseline, Spread spread, double negativeWeight, List<JudgedGroup> groups) {
    double ofStep = baseline == Baseline.BATCH ? mean(groups) : 0;
    List<double[]> all = new ArrayList<>();
    for (JudgedGroup group : groups) {
      double[] rewards = rewards(group);
      double[] scored =
          baseline == Baseline.BATCH
              ? Arrays.stream(rewards).map(r -> r - ofStep).toArray()
              : withinGroup(baseline, rewards);
      all.add(inPlaces(spread == Spread.GROUP ? divided(scored, rewards) : scored, group));
    }
    if (spread == Spread.BATCH) {
      double[] scored = scored(all, groups);
      double scale = scored.length > 1 ? inverse(StatUtils.variance(scored)) : 0;
      all.replaceAll(of -> Arrays.stream(of).map(a -> a * scale).toArray());
    }
    all.replaceAll(of -> Arrays.stream(of).map(a -> a < 0 ? a * negativeWeight : a).toArray());
    return all;
  }

  /** The rewards of what was scored in a group, {@code [n]}. */
  public static double[] rewards(JudgedGroup group) {
    return group.completions().stream().flatMapToDouble(c -> c.reward().stream()).toArray();
  }

  private static double[] withinGroup(Baseline baseline, double[] rewards) {
    int n = rewards.length;
    if (n < 2 || Arrays.stream(rewards).distinct().count() < 2) {
      return new double[n];
    }
    double mean = StatUtils.mean(rewards);
    double scale = baseline == Baseline.OTHERS ? n / (n - 1.0) : 1;
    return Arrays.stream(rewards).map(r -> (r - mean) * scale).toArray();
  }

  private static double[] divided(double[] differences, double[] rewards) {
    if (rewards.length < 2) {
      return new double[rewards.length];
    }
    double scale = inverse(StatUtils.variance(rewards, StatUtils.mean(rewards)));
    return Arrays.stream(differences).map(d -> d * scale).toArray();
  }

  private static double inverse(double variance) {
    return 1 / (FastMath.sqrt(variance) + EPSILON);
  }

  private static double mean(List<JudgedGroup> groups) {
    double[] all = groups.stream().flatMapToDouble(g -> Arrays.stream(rewards(g))).toArray();
    return all.length == 0 ? 0 : StatUtils.mean(all);
  }

  /** Puts values of what was scored in the places of their completions. */
  private static double[] inPlaces(double[] scored, JudgedGroup group) {
    double[] all = new double[group.completions().size()];
    int next = 0;
    for (int i = 0; i < all.length; i++) {
      if (group.completions().get(i).reward().isPresent()) {
        all[i] = scored[next++];
      }
    }
    return all;
  }

  private static double[] scored(List<double[]> all, List<JudgedGroup> groups) {
    DoubleStream.Builder scored = DoubleStream.builder();
    for (int g = 0; g < groups.size(); g++) {
      List<JudgedCompletion> completions = groups.get(g).completions();
      for (int i = 0; i < completions.size(); i++) {
        if (completions.get(i).reward().isPresent()) {
          scored.add(all.get(g)[i]);
        }
      }
    }
    return scored.build().toArray();
  }
}
