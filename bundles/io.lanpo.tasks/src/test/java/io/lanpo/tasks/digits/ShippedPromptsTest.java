package io.lanpo.tasks.digits;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The demonstrations ask in the same words as the strategies that the platform ships for the
 * micro-world.
 */
class ShippedPromptsTest {
  private static String template(String kind, String key) throws IOException {
    Properties properties = new Properties();
    Path file = Path.of("../../configs/io.lanpo." + kind + ".template~micro.cfg");
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    return properties.getProperty(key).replace("{{question}}", "Q").replace("{{attempt}}", "A");
  }

  @Test
  void reviews() throws IOException {
    assertEquals(Prompts.askReview("Q", "A").text(), template("reflection", "prompt"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void lessons(boolean solved) throws IOException {
    String kept = solved ? "$1" : "$2";
    assertEquals(
        Prompts.askLesson("Q", "A", solved).text(),
        template("abstraction", "distil")
            .replaceAll(
                "\\{\\{#solved}}(.*)\\{\\{/solved}}\\{\\{\\^solved}}(.*)\\{\\{/solved}}", kept));
  }

  @Test
  void problemsWithALesson() throws IOException {
    assertEquals(
        Prompts.poseWithLesson("L", "Q").text(),
        template("abstraction", "apply")
            .replaceAll("\\{\\{#lessons}}\\{\\{text}}( ?)\\{\\{/lessons}}", "L$1"));
  }
}
