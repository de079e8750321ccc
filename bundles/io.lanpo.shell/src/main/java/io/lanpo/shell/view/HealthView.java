package io.lanpo.shell.view;

import io.lanpo.api.train.Finding;
import io.lanpo.api.train.RunHealth;
import io.lanpo.api.train.RunState;
import io.lanpo.api.train.RunSummary;
import io.lanpo.shell.terminal.Console;
import io.lanpo.shell.terminal.NumberFormats;
import io.lanpo.shell.terminal.ProgressLine;
import io.lanpo.shell.terminal.TerminalText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a run learns, and what keeps it from that.
 *
 * @param health what is known; empty for a run that has not begun to train or an older one
 * @param run the run
 */
public record HealthView(Optional<RunHealth> health, RunSummary run) {
  /** Of a run. */
  public static HealthView of(RunSummary run) {
    return new HealthView(run.health(), run);
  }

  /** Whether the run is over and has not changed its policy, though it was meant to. */
  public boolean idle() {
    return run.state() == RunState.FINISHED
        && health
            .filter(h -> !h.learned() && h.findings().stream().allMatch(Finding::fault))
            .isPresent();
  }

  /** {@code learned}, null where it is not known, and {@code findings}. */
  public Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("learned", health.map(RunHealth::learned).orElse(null));
    document.put("findings", health.map(RunHealth::findings).orElse(List.of()));
    return document;
  }

  /** Prints what is wrong and an empty line; nothing when nothing is. */
  public void print(Console console) {
    if (idle()) {
      String nothing =
          "Nothing was learned: the policy is as it was before step 1, after %s training steps."
              .formatted(NumberFormats.count(run.step()));
      TerminalText.fold(nothing, console.width()).forEach(console.out()::println);
    }
    List<Finding> findings = health.map(RunHealth::findings).orElse(List.of());
    findings(findings, console);
    if (idle() && findings.isEmpty()) {
      console.out().println();
    }
  }

  /** Prints findings and an empty line; nothing when there are none. */
  static void findings(List<Finding> findings, Console console) {
    findings.stream()
        .flatMap(f -> TerminalText.fold(ProgressLine.text(f), console.width()).stream())
        .forEach(console.out()::println);
    if (!findings.isEmpty()) {
      console.out().println();
    }
  }
}
