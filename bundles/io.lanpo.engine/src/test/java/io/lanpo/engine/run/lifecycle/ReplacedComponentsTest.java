package io.lanpo.engine.run.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.train.EvaluationMode;
import io.lanpo.api.train.EvaluationReport;
import io.lanpo.api.train.EvaluationRequest;
import io.lanpo.api.train.ProblemPart;
import io.lanpo.api.train.RunSummary;
import io.lanpo.engine.fixture.FakePlatform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Another component than the file's has those of the file's settings that it knows, in a run and in
 * an evaluation.
 */
class ReplacedComponentsTest {
  private static final Map<String, String> OTHER = Map.of("lessons", "thompson");

  @TempDir Path home;

  @Test
  void whatTheNewOneKnowsStays() throws Exception {
    FakePlatform platform = new FakePlatform(home);
    platform.configure(
        "picky",
        "extends = small\nlessons = curated\nlessons.most = 3\nlessons.explore = 0.2\nsteps = 1\n");
    RunManager manager = platform.manager();

    Map<String, String> run = manager.start("picky", OTHER, progress -> {}).await().settings();
    assertEquals("3", run.get("lessons.most"));
    assertFalse(run.containsKey("lessons.explore"));

    RunSummary whole = manager.start("picky", Map.of(), progress -> {}).await();
    assertEquals("0.2", whole.settings().get("lessons.explore"));
    for (String configuration : List.of("", "picky")) {
      EvaluationReport report =
          manager.evaluate(
              new EvaluationRequest(
                  configuration.isEmpty() ? whole.id() : "",
                  configuration,
                  "",
                  "",
                  OTHER,
                  ProblemPart.HELD_OUT,
                  0,
                  List.of(EvaluationMode.ZERO_SHOT),
                  1,
                  1,
                  false),
              progress -> {});
      String asked =
          Files.readString(report.folder().resolve("evaluation.json")).replaceAll("\\s", "");
      assertTrue(asked.contains("\"lessons\":\"thompson\""), asked);
      assertTrue(asked.contains("\"lessons.most\":\"3\""), asked);
      assertFalse(asked.contains("lessons.explore"), asked);
    }
  }
}
