package io.lanpo.experiment.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.UserException;
import io.lanpo.api.experiment.ExperimentRequest;
import io.lanpo.experiment.WrittenRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExperimentFileTest {
  private static final String GOOD =
      """
      base = micro
      seeds = 3 1 2
      baselines = grpo
      set = feedback.ratio = 0.5
      variant.lanpo =
      variant.grpo = algorithm = grpo; steps = 90
      title.grpo = the baseline: GRPO
      """;

  @TempDir Path folder;

  @Test
  void aFile() throws IOException {
    ExperimentFile file = read(GOOD);
    assertEquals(List.of(3L, 1L, 2L), file.seeds());
    assertEquals(List.of("lanpo", "grpo"), file.variants().stream().map(Variant::name).toList());
    assertEquals("the baseline: GRPO", file.variants().get(1).title());
    assertEquals(
        Map.of("feedback.ratio", "0.5", "algorithm", "grpo", "steps", "90"),
        file.variants().get(1).overrides());
    assertEquals("lanpo", file.budget());
    assertEquals(List.of("grpo"), file.baselines());
  }

  /** A line that is added, and what is said of it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          variant.lanpo = steps = 3          | the variant lanpo is given twice
          seeds = 7                          | the key seeds is given twice
          sedes = 7                          | unknown key sedes = 7
          budget = grop                      | budget: there is no variant grop
          plot = lanpo grop                  | plot: there is no variant grop
          title.nobody = x                   | title.nobody: there is no variant nobody
          variant.UPPER = steps = 3          | variant.UPPER is no name for a variant
          variant.x = steps 3                | variant.x: 'steps 3' is not of the form key = value
          variant.x = steps = 3; steps = 4   | variant.x: the key steps is given twice
          variant.x = seed = 3               | variant.x: the key seed belongs to the experiment
          processes = 0                      | processes = 0 is not allowed
          """)
  void whatIsRefused(String line, String message) throws IOException {
    assertRefused(GOOD + line + "\n", message);
  }

  @Test
  void whatIsMissingOrWrongInTheLinesThemselves() throws IOException {
    assertRefused(GOOD.replace("3 1 2", ""), "there are no seeds");
    assertRefused(GOOD.replace("3 1 2", "3 1 3"), "seeds: 3 is given twice");
    assertRefused(GOOD.replace("3 1 2", "3 -1"), "seeds: -1 is no seed");
    assertRefused(GOOD.replace("baselines = grpo", "baselines = gpro"), "no variant gpro");
    assertRefused(GOOD.replace("base = micro", ""), "the key base is missing");
    assertRefused("base = micro\nseeds = 1\n", "there are no variants");
  }

  @Test
  void theRunsOfAPlanAreOrderedBySeed() throws IOException {
    ExperimentPlan plan = plan(GOOD, Map.of(), List.of());
    assertEquals(
        List.of(
            "lanpo, seed 3",
            "grpo, seed 3",
            "lanpo, seed 1",
            "grpo, seed 1",
            "lanpo, seed 2",
            "grpo, seed 2"),
        plan.runs().stream().map(PlannedRun::title).toList());
    PlannedRun grpo = plan.runs().get(1);
    assertEquals("experiment claims: grpo, seed 3", grpo.label());
    assertEquals(90, grpo.steps());
    assertEquals("3", grpo.settings().get("seed"));
    assertEquals("grpo", grpo.overrides().get("algorithm"));
  }

  @Test
  void overridesMakeAnExperimentOfItsOwn() throws IOException {
    ExperimentPlan plan = plan(GOOD, Map.of("steps", "2"), List.of("grpo"));
    assertEquals("claims+steps=2", plan.name());
    assertEquals(3, plan.runs().size());
    assertTrue(plan.runs().stream().allMatch(r -> r.steps() == 2));
    assertTrue(
        plan(GOOD, Map.of("feedback.ratio", "0.7"), List.of()).runs().stream()
            .noneMatch(r -> r.label().equals(plan.runs().get(0).label())));
  }

  @Test
  void aPlanIsCheckedBeforeARunBegins() {
    assertPlanRefused(
        GOOD.replace("steps = 90", "stesp = 90"), "variant.grpo: unknown key stesp = 90");
    assertPlanRefused(
        GOOD.replace("steps = 90", "steps = -1"), "variant.grpo: steps = -1 is not allowed");
    assertPlanRefused(
        GOOD + "variant.again = steps = 90; algorithm = grpo\n",
        "the variants grpo and again are the same run");
    UserException unknown =
        assertThrows(UserException.class, () -> plan(GOOD, Map.of(), List.of("gpro")));
    assertTrue(unknown.getMessage().contains("has no variant gpro"), unknown.getMessage());
    assertThrows(UserException.class, () -> plan(GOOD, Map.of("seed", "1"), List.of()));
  }

  private void assertPlanRefused(String text, String message) {
    UserException refused =
        assertThrows(UserException.class, () -> plan(text, Map.of(), List.of()));
    assertTrue(refused.getMessage().contains(message), refused.getMessage());
    assertTrue(refused.getMessage().contains("experiment~claims.cfg"), refused.getMessage());
  }

  private void assertRefused(String text, String message) {
    UserException refused = assertThrows(UserException.class, () -> read(text));
    assertTrue(refused.getMessage().contains(message), refused.getMessage());
    assertTrue(refused.getMessage().contains("experiment~claims.cfg"), refused.getMessage());
    assertFalse(refused.getMessage().contains("\n"), refused.getMessage());
  }

  private ExperimentFile read(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("experiment~claims.cfg"), text);
    return ExperimentFile.read(file, "claims");
  }

  private ExperimentPlan plan(String text, Map<String, String> set, List<String> variants)
      throws IOException {
    return ExperimentPlan.of(
        read(text),
        new ExperimentRequest("claims", set, variants, List.of(), 0, 0),
        new WrittenRuns(folder));
  }
}
