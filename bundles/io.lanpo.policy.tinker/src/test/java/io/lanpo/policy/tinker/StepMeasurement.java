package io.lanpo.policy.tinker;

import com.google.gson.JsonObject;
import io.lanpo.api.policy.Policy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What the client itself costs in a step: all its work, and that of a server that answers at once,
 * in one process.
 *
 * <pre>
 * StepMeasurement PROMPTS GROUP PROMPT-TOKENS COMPLETION-TOKENS STEPS MODEL-FOLDER
 * </pre>
 *
 * Writes JSON: seconds of wall-clock time (median, least, most), and how long a step on the server
 * must last so that this is two hundredths of the whole.
 */
final class StepMeasurement {
  private static final double SHARE = 0.02;

  private StepMeasurement() {}

  /** Measures. */
  public static void main(String[] arguments) throws IOException {
    int[] n = new int[5];
    for (int i = 0; i < n.length; i++) {
      n[i] = Integer.parseInt(arguments[i]);
    }
    Steps steps = new Steps(n[0], n[1], n[2], n[3]);
    List<Steps.Seconds> taken = new ArrayList<>();
    try (InstantServer server = new InstantServer(n[1], n[2], n[3]);
        Policy policy =
            Scenario.backend()
                .open(
                    Path.of(arguments[5]),
                    Scenario.settings(
                        Map.of(
                            "url", server.url(),
                            "in-flight", "64",
                            "context", Integer.toString(n[2] + n[3]))))) {
      for (int i = 0; i < n[4] + 5; i++) {
        Steps.Seconds seconds = steps.take(policy, i);
        if (i >= 5) { // the first ones compile
          taken.add(seconds);
        }
      }
    }
    taken.sort(Comparator.comparingDouble(Steps.Seconds::all));
    Steps.Seconds median = taken.get(taken.size() / 2);
    JsonObject result = new JsonObject();
    result.addProperty("completions", n[0] * n[1]);
    result.addProperty("completionTokens", n[3]);
    result.addProperty("promptTokens", n[2]);
    result.addProperty("seconds", median.all());
    result.addProperty("generationSeconds", median.generation());
    result.addProperty("updateSeconds", median.update());
    result.addProperty("least", taken.get(0).all());
    result.addProperty("most", taken.get(taken.size() - 1).all());
    result.addProperty("serverSecondsForTwoPercent", median.all() * (1 - SHARE) / SHARE);
    System.out.println(result);
  }
}
