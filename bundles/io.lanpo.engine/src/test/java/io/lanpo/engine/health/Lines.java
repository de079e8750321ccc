package io.lanpo.engine.health;

import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.engine.health.rule.RunFacts;
import io.lanpo.engine.health.rule.Steps;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Lines of metrics of a run that learns, and what is changed in them. */
public final class Lines {
  private static final Map<String, Object> LEARNING =
      Map.ofEntries(
          Map.entry("reward", 0.5),
          Map.entry("accuracy", 0.5),
          Map.entry("rewardStd", 0.5),
          Map.entry("truncated", 0.0),
          Map.entry("completions", 12),
          Map.entry("completions.scratch", 6),
          Map.entry("completions.reflect", 3),
          Map.entry("completions.abstract", 3),
          Map.entry("truncated.scratch", 0.0),
          Map.entry("truncated.reflect", 0.0),
          Map.entry("truncated.abstract", 0.0),
          Map.entry("unscored", 0),
          Map.entry("groups", 3),
          Map.entry("zeroVarianceGroups", 0),
          Map.entry("allRightGroups", 0),
          Map.entry("allWrongGroups", 0),
          Map.entry("learningRate", 1e-3),
          Map.entry("updates", 1),
          Map.entry("loss.policy-gradient", -0.1),
          Map.entry("entropy", 1.0),
          Map.entry("clippedShare", 0.01),
          Map.entry("kl", 0.0),
          Map.entry("logProbGap", 0.001),
          Map.entry("strategyFailures", 0),
          Map.entry("lessonsWithheld", 0),
          Map.entry("poolLessons", 7));

  private Lines() {}

  /** A line; {@code changes} are names and values in turn, and null takes a figure away. */
  public static Map<?, ?> line(int step, Object... changes) {
    Map<String, Object> line = new HashMap<>(LEARNING);
    line.put("step", step);
    for (int i = 0; i < changes.length; i += 2) {
      if (changes[i + 1] == null) {
        line.remove(changes[i]);
      } else {
        line.put(String.valueOf(changes[i]), changes[i + 1]);
      }
    }
    return line;
  }

  /** Five lines with the same changes, after five without any. */
  public static Steps steps(Object... changes) {
    List<Map<?, ?>> first = new ArrayList<>();
    List<Map<?, ?>> last = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      first.add(line(i));
      last.add(line(5 + i, changes));
    }
    return new Steps(first, last);
  }

  /** A run that plans all kinds of feedback; {@code set} are keys and values in turn. */
  public static RunFacts run(String... set) {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "sampling.max-tokens", "24",
                "sampling.max-review-tokens", "88",
                "sampling.temperature", "1.0",
                "group-size", "4",
                "task", "micro-world",
                "verifier", "exact",
                "objective", "lanpo",
                "attempts", "step",
                "feedback.floor", "0.6",
                "optimizer.learning-rate", "0.001"));
    for (int i = 0; i < set.length; i += 2) {
      settings.put(set[i], set[i + 1]);
    }
    return new RunFacts(settings, EnumSet.allOf(FeedbackMode.class), true);
  }
}
