package io.lanpo.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProductTest {
  @TempDir Path folder;

  @BeforeEach
  void aProduct() throws IOException {
    for (String jar :
        List.of(
            "01-base/log.jar",
            "20-train/b.jar",
            "20-train/a.jar",
            "20-examples/example.jar",
            "40-base-interactive/jline.jar")) {
      Path file = folder.resolve("bundles").resolve(jar);
      Files.createDirectories(file.getParent());
      Files.createFile(file);
    }
  }

  @Test
  void aOneShotTakesTheBundlesOfItsFeaturesInTheOrderOfTheirLevels() throws LaunchException {
    Product product = Product.read(folder, Set.of("base", "train"), false);
    assertEquals(List.of("1 log.jar", "20 a.jar", "20 b.jar"), shown(product));
  }

  @Test
  void aShellTakesTheInteractiveOnesToo() throws LaunchException {
    Product product = Product.read(folder, Set.of("base"), true);
    assertEquals(List.of("1 log.jar", "40 jline.jar"), shown(product));
  }

  @Test
  void aProductThatIsNotBuiltIsSaidSo() {
    LaunchException e =
        assertThrows(
            LaunchException.class, () -> Product.read(folder.resolve("no"), Set.of("base"), false));
    assertTrue(
        String.valueOf(e.getMessage()).startsWith("the product is not built at "), e.getMessage());
  }

  private static List<String> shown(Product product) {
    return product.entries().stream()
        .map(e -> e.startLevel() + " " + e.jar().getFileName())
        .toList();
  }
}
