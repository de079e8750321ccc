package io.lanpo.it;

import io.lanpo.api.train.RunHandle;
import io.lanpo.api.train.RunListener;
import io.lanpo.api.train.RunSummary;
import io.lanpo.api.train.TrainingService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A run of seconds in which everything happens that happens in a long one: reviews, lessons from
 * other problems, rewards now and then, checkpoints. So many attempts are distilled that there are
 * lessons with any seed, though the policy writes few that are well formed.
 */
final class SmallRun {
  static final String CONFIGURATION = "micro-smoke";

  /** Solved attempts of a problem that are distilled in a step, and as many failed ones. */
  static final int LESSONS = 4;

  private static final Map<String, String> SETTINGS =
      Map.ofEntries(
          Map.entry("task.operators", "4"),
          Map.entry("task.training-inputs", "20"),
          Map.entry("coldstart.steps", "200"),
          Map.entry("policy.width", "64"),
          Map.entry("policy.layers", "2"),
          Map.entry("distil.per-problem", Integer.toString(LESSONS)),
          Map.entry("distil.pitfall-share", "1"),
          Map.entry("objective.replay", "4"),
          Map.entry("checkpoint.every", "7"),
          Map.entry("evaluation.every", "5"),
          Map.entry("seed", System.getProperty("lanpo.it.seed", "0")));

  private SmallRun() {}

  /** What is set on top of the configuration; {@code further} are keys and values in turn. */
  static Map<String, String> settings(String... further) {
    Map<String, String> all = new HashMap<>(SETTINGS);
    for (int i = 0; i < further.length; i += 2) {
      all.put(further[i], further[i + 1]);
    }
    if ("none".equals(all.get("objective"))) {
      all.remove("objective.replay"); // an objective that learns nothing has no such setting
    }
    return all;
  }

  /** The same as words of a command line. */
  static List<String> options(String... further) {
    List<String> words = new ArrayList<>();
    new TreeMap<>(settings(further))
        .forEach((key, value) -> words.addAll(List.of("--set", key + "=" + value)));
    return words;
  }

  /** Runs from start to end, or until something stops it. */
  static RunSummary run(TrainingService training, RunListener listener, String... further)
      throws InterruptedException {
    RunHandle handle = training.start(CONFIGURATION, settings(further), listener);
    return handle.await();
  }

  /** Does something with the run's id after a training step and before the next. */
  static RunListener atStep(long step, Consumer<String> action) {
    return progress -> {
      if (progress.phase().equals("training") && progress.done() == step) {
        action.accept(progress.run());
      }
    };
  }
}
