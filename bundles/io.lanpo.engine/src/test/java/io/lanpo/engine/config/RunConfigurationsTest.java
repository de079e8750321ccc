package io.lanpo.engine.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunConfigurationsTest {
  @TempDir Path folder;

  @Test
  void aFileTakesOverWhatItExtends() throws IOException {
    write("base", "steps = 5\nseed = 1\n");
    write("child", "extends = base\n# a comment\nseed = 2\n");
    List<ConfigurationSource> files = configurations().read("child");
    assertEquals(Map.of("steps", "5", "seed", "2"), ConfigurationSource.merged(files));
    assertEquals(
        List.of("io.lanpo.run~base.cfg", "io.lanpo.run~child.cfg"),
        files.stream().map(ConfigurationSource::origin).toList());
    assertEquals(List.of("base", "child"), configurations().names());
  }

  @Test
  void anUnknownNameOffersTheNearest() throws IOException {
    write("micro", "");
    UserException refused = assertThrows(UserException.class, () -> configurations().read("micor"));
    assertTrue(String.valueOf(refused.getMessage()).contains("micor"));
    assertTrue(refused.nextStep().contains("Did you mean micro?"), refused.nextStep());
  }

  @Test
  void filesThatExtendEachOtherAreRefused() throws IOException {
    write("a", "extends = b\n");
    write("b", "extends = a\n");
    UserException refused = assertThrows(UserException.class, () -> configurations().read("a"));
    assertTrue(String.valueOf(refused.getMessage()).contains("a -> b"), refused.getMessage());
  }

  @Test
  void aKeyGivenTwiceIsRefused() throws IOException {
    write("a", "steps = 1\nsteps = 2\n");
    UserException refused = assertThrows(UserException.class, () -> configurations().read("a"));
    assertTrue(
        String.valueOf(refused.getMessage()).contains("the key steps is given twice"),
        refused.getMessage());
  }

  @Test
  void theBaselineIsTheSameLoopWithoutFeedback() {
    RunSettings lanpo = settings(Map.of());
    RunSettings grpo = settings(Map.of("algorithm", "grpo"));
    assertTrue(lanpo.language());
    assertTrue(!grpo.language());
    assertTrue(lanpo.distill().enabled());
    assertTrue(!grpo.distill().enabled());
    assertEquals(lanpo.optimizer(), grpo.optimizer());
  }

  private static RunSettings settings(Map<String, String> values) {
    return RunSettings.of(Settings.of("test", RunSettings.DECLARED, values));
  }

  private RunConfigurations configurations() {
    return new RunConfigurations(folder);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(configurations().file(name), text);
  }
}
