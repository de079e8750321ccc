package io.lanpo.experiment.run;

import io.lanpo.api.component.Secrets;
import io.lanpo.api.component.UserException;
import io.lanpo.api.train.RunSummary;
import io.lanpo.api.train.TrainingService;
import io.lanpo.experiment.plan.PlannedRun;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds the runs of an experiment among all runs. A run says in its description which one it is, so
 * that it is found again however the process that started it ended; its settings must be those that
 * the plan asks for.
 *
 * @param training knows all runs
 */
public record RunFinder(TrainingService training) {
  private static final String AGAIN =
      "Move it out of the folder of runs or delete it, and the run is made again.";

  /**
   * The runs of a plan that were begun.
   *
   * @throws UserException when one of them is a copy, was made on another machine, or has other
   *     settings
   */
  public Map<PlannedRun, RunSummary> find(List<PlannedRun> plan) {
    Map<String, PlannedRun> byLabel = new HashMap<>();
    plan.forEach(run -> byLabel.put(run.label(), run));
    Map<PlannedRun, RunSummary> found = new LinkedHashMap<>();
    for (RunSummary run : training.runs()) {
      PlannedRun planned = byLabel.get(run.settings().getOrDefault(PlannedRun.DESCRIPTION, ""));
      if (planned == null) {
        continue;
      }
      check(planned, run);
      RunSummary other = found.put(planned, run);
      if (other != null) {
        throw new UserException(
            "%s and %s both are '%s'".formatted(other.folder(), run.folder(), planned.label()),
            "Move one of them out of the folder of runs.");
      }
    }
    return found;
  }

  private static void check(PlannedRun planned, RunSummary run) {
    String folder = run.folder().getFileName().toString();
    if (!folder.equals(run.id())) {
      throw new UserException(
          "%s is a copy of run %s, brought from elsewhere".formatted(run.folder(), run.id()),
          AGAIN);
    }
    new RunFolder(run.folder()).requireThisMachine();
    List<String> differing = new ArrayList<>();
    Map<String, String> wanted = new TreeMap<>(Secrets.shown(planned.settings()));
    // a key that only one of them has is of another version of the platform
    Map<String, String> asked = new HashMap<>(run.settings());
    asked.putAll(run.asked());
    wanted.keySet().retainAll(asked.keySet());
    wanted.forEach(
        (key, value) -> {
          String there = asked.getOrDefault(key, "");
          if (!there.equals(value)) {
            differing.add("%s = %s, wanted is %s".formatted(key, there, value));
          }
        });
    if (!differing.isEmpty() || !run.configuration().equals(planned.base())) {
      throw new UserException(
          "%s is '%s' but was made with other settings: %s"
              .formatted(
                  run.folder(),
                  planned.label(),
                  differing.isEmpty()
                      ? "configuration " + run.configuration()
                      : String.join("; ", differing)),
          AGAIN + " Or undo the change in the experiment's file.");
    }
  }
}
