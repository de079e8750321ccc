package io.lanpo.shell.command.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lanpo.api.experiment.Experiment;
import io.lanpo.api.experiment.ExperimentOutcome;
import io.lanpo.api.experiment.ExperimentOutcome.Cell;
import io.lanpo.api.experiment.ExperimentOutcome.Row;
import io.lanpo.api.experiment.ExperimentRequest;
import io.lanpo.api.experiment.Experiments;
import io.lanpo.api.train.RunListener;
import io.lanpo.shell.command.CommandHarness;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ExperimentCommandTest {
  private final SmallExperiments experiments = new SmallExperiments();
  private final CommandHarness shell = new CommandHarness().with(Experiments.class, experiments);

  /** Experiments that are over at once. */
  private static final class SmallExperiments implements Experiments {
    private ExperimentRequest asked;
    private List<String> failures = List.of();
    private int finished = 2;
    private int ran;

    @Override
    public List<String> names() {
      return List.of("claims");
    }

    @Override
    public Experiment open(ExperimentRequest request) {
      asked = request;
      return new Experiment() {
        @Override
        public Path folder() {
          return Path.of("/runs/experiments/claims");
        }

        @Override
        public ExperimentOutcome run(RunListener listener) {
          ran++;
          return report();
        }

        @Override
        public ExperimentOutcome report() {
          return new ExperimentOutcome(
              "claims",
              2,
              finished,
              failures,
              List.of(
                  new Row(
                      "grpo",
                      List.of(
                          new Cell("steps", 0.5, 0.1, 2),
                          new Cell("tokens", Double.NaN, Double.NaN, 0)))),
              folder().resolve("report.html"),
              folder().resolve("report.md"));
        }

        @Override
        public void requestStop() {}
      };
    }
  }

  @Test
  void aTableAndWhereTheReportsAre() {
    assertEquals(0, shell.run("experiment", "claims"), shell.err());
    assertEquals(
        """
        variant    equal steps  equal tokens  seeds
        grpo     0.500 ± 0.100             -      2

        runs finished  2 of 2
        report         /runs/experiments/claims/report.html
        as text        /runs/experiments/claims/report.md
        """,
        shell.out());
    assertEquals(
        new ExperimentRequest("claims", Map.of(), List.of(), List.of(), 0, 0), experiments.asked);
    assertEquals(0, shell.held.get());
  }

  @Test
  void whatIsAskedFor() {
    assertEquals(
        0,
        shell.run(
            "experiment",
            "claims",
            "--set",
            "steps=10",
            "--variants",
            "grpo,lanpo",
            "--seeds",
            "1,2",
            "--processes",
            "2",
            "--memory",
            "1.5"),
        shell.err());
    assertEquals(
        new ExperimentRequest(
            "claims",
            Map.of("steps", "10"),
            List.of("grpo", "lanpo"),
            List.of(1L, 2L),
            2,
            1_500_000_000L),
        experiments.asked);
    assertEquals(2, shell.run("experiment", "claims", "--processes", "-1"));
    assertEquals(2, shell.run("experiment", "claims", "--seeds", "one"));
  }

  @Test
  void oneDocument() {
    assertEquals(0, shell.run("experiment", "claims", "--report", "--json"), shell.err());
    assertEquals(0, experiments.ran);
    JsonObject document = JsonParser.parseString(shell.out()).getAsJsonObject();
    JsonObject grpo = document.getAsJsonObject("variants").getAsJsonObject("grpo");
    assertEquals(0.5, grpo.getAsJsonObject("steps").get("mean").getAsDouble());
    assertTrue(grpo.getAsJsonObject("tokens").get("mean").isJsonNull());
  }

  @Test
  void runsThatFailedOrAreLeftAreAFailure() {
    experiments.finished = 1;
    assertEquals(1, shell.run("experiment", "claims"));
    experiments.failures = List.of("lanpo, seed 1: the disk is full");
    assertEquals(1, shell.run("experiment", "claims"));
    assertTrue(
        shell.err().contains("lanpo: 1 run(s) failed: lanpo, seed 1: the disk is full"),
        shell.err());
  }
}
