package io.lanpo.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FoldersTest {
  private static final Path HOME = Path.of("/somewhere/lanpo/runtime");

  @Test
  void theStandardPlaces() {
    assertEquals(
        Map.of(
            "lanpo.home", "/somewhere/lanpo/runtime",
            "lanpo.configs", "/somewhere/lanpo/configs",
            "lanpo.deploy", "/somewhere/lanpo/runtime/deploy",
            "lanpo.runs", "/somewhere/lanpo/runtime/runs",
            "lanpo.var", "/somewhere/lanpo/runtime/var"),
        Folders.of(HOME, Map.of()).properties());
  }

  @Test
  void anInstallationHasItsProductBesideTheScript(@TempDir Path home) throws IOException {
    assertEquals(home.resolve("target/lanpo"), Folders.of(home, Map.of()).product());
    Path product = Files.createDirectory(home.resolve("product"));
    assertEquals(product, Folders.of(home, Map.of()).product());
  }

  @Test
  void theEnvironmentReplacesThem() {
    Folders folders =
        Folders.of(
            HOME,
            Map.of(
                "LANPO_CONFIGS",
                "/c",
                "LANPO_DEPLOY",
                "/d",
                "LANPO_RUNS",
                "/r/../s",
                "LANPO_VAR",
                " "));
    assertEquals(Path.of("/c"), folders.configs());
    assertEquals(Path.of("/d"), folders.deploy());
    assertEquals(Path.of("/s"), folders.runs());
    assertEquals(HOME.resolve("var"), folders.var());
  }
}
