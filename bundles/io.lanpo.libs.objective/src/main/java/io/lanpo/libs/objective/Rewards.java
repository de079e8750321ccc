package io.lanpo.libs.objective;

import io.lanpo.api.objective.JudgedCompletion;
import io.lanpo.api.objective.JudgedGroup;
import java.util.ArrayList;
import java.util.List;

/** Rewards with something added to the verifier's, for {@link Advantages} to compare. */
public final class Rewards {
  private Rewards() {}

  /**
   * Groups with other rewards; a completion without a reward stays without one.
   *
   * @param added {@code [groups][completions]} what is added to each reward
   */
  public static List<JudgedGroup> plus(List<JudgedGroup> groups, List<double[]> added) {
    List<JudgedGroup> all = new ArrayList<>(groups.size());
    for (int g = 0; g < groups.size(); g++) {
      List<JudgedCompletion> completions = new ArrayList<>();
      for (JudgedCompletion completion : groups.get(g).completions()) {
        double more = added.get(g)[completions.size()];
        completions.add(
            completion.reward().isPresent()
                ? completion.withReward(completion.reward().getAsDouble() + more)
                : completion);
      }
      all.add(groups.get(g).with(completions));
    }
    return all;
  }

  /**
   * The mean over what has a reward; 0 when nothing has.
   *
   * @param values {@code [groups][completions]} a value for each completion
   */
  public static double mean(List<JudgedGroup> groups, List<double[]> values) {
    double sum = 0;
    long count = 0;
    for (int g = 0; g < groups.size(); g++) {
      List<JudgedCompletion> completions = groups.get(g).completions();
      for (int i = 0; i < completions.size(); i++) {
        if (completions.get(i).reward().isPresent()) {
          sum += values.get(g)[i];
          count++;
        }
      }
    }
    return count == 0 ? 0 : sum / count;
  }
}
