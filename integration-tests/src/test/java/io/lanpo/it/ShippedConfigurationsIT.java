package io.lanpo.it;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.experiment.ExperimentRequest;
import io.lanpo.api.experiment.Experiments;
import io.lanpo.api.train.TrainingService;
import io.lanpo.it.paxexam.OsgiService;
import io.lanpo.it.paxexam.PaxExamExtension;
import io.lanpo.it.paxexam.ProductOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What stands in {@code configs/} is what the components declare: every run resolves, without a
 * model, data or a server, and so does every variant of every experiment.
 */
@ExtendWith(PaxExamExtension.class)
@Timeout(600)
final class ShippedConfigurationsIT {
  @OsgiService TrainingService training;
  @OsgiService Experiments experiments;

  @Test
  void everyRunResolves() throws IOException {
    List<String> shipped = names("io.lanpo.run~");
    assertTrue(training.configurations().containsAll(shipped), shipped.toString());
    assertAll(
        shipped.stream()
            .map(name -> () -> assertDoesNotThrow(() -> training.values(name, Map.of()), name)));
  }

  @Test
  void everyExperimentResolves() throws IOException {
    List<String> shipped = names("experiment~");
    assertTrue(experiments.names().containsAll(shipped), shipped.toString());
    assertAll(
        shipped.stream()
            .map(
                name ->
                    () ->
                        assertDoesNotThrow(
                            () ->
                                experiments.open(
                                    new ExperimentRequest(
                                        name, Map.of(), List.of(), List.of(), 0, 0)),
                            name)));
  }

  /** What the paper says, and that nothing of this platform is added to it. */
  @Test
  void theRecipeForAClusterIsThatOfThePaper() {
    Map<String, String> values = training.values("qwen2.5-7b-math", Map.of());
    Map<String, String> published =
        Map.ofEntries(
            Map.entry("objective", "lanpo-paper"),
            Map.entry("objective.feedback-weight", "1.0"),
            Map.entry("objective.distillation", "0.0"),
            Map.entry("objective.replay", "0"),
            Map.entry("planner", "per-prompt"),
            Map.entry("similarity", "judge"),
            Map.entry("feedback.floor", "0.9"),
            Map.entry("group-size", "16"),
            Map.entry("steps", "330"),
            Map.entry("evaluation.samples", "32"));
    published.forEach((key, value) -> assertEquals(value, values.get(key), key));
    assertEquals("tinker", values.get("policy"));
  }

  private static List<String> names(String prefix) throws IOException {
    try (Stream<Path> files = Files.list(ProductOptions.home().resolveSibling("configs"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(prefix))
          .map(name -> name.substring(prefix.length()).replaceFirst("\\.cfg$", ""))
          .sorted()
          .toList();
    }
  }
}
