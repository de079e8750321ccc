package io.lanpo.it.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import aQute.bnd.differ.Baseline;
import aQute.bnd.differ.DiffPluginImpl;
import aQute.bnd.osgi.Instructions;
import aQute.bnd.osgi.Jar;
import aQute.bnd.osgi.Processor;
import io.lanpo.it.paxexam.ProductOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A package of the API that has changed has another version: a higher minor version when only
 * implementations of the platform notice, a higher major version when strategies do. The API is
 * compared with the one that was recorded; after a release the new one is recorded by copying its
 * jar over {@code api/recorded.jar}.
 */
class ApiBaselineTest {
  @Test
  void everyChangedPackageHasAnotherVersion() throws Exception {
    try (Jar now = new Jar(api().toFile());
        Jar then = recorded()) {
      List<String> wrong = mismatches(now, then);
      assertEquals(List.of(), wrong);
    }
  }

  /** The comparison itself: without one of its classes, a package must have another version. */
  @Test
  void aClassThatIsGoneIsFound() throws Exception {
    try (Jar then = recorded();
        Jar now = recorded()) {
      assertTrue(now.remove("io/lanpo/api/feedback/Lesson.class") != null);
      List<String> wrong = mismatches(now, then);
      assertFalse(wrong.isEmpty());
      assertTrue(
          wrong.get(0).startsWith("io.lanpo.api.feedback 2.0.0 should be 3.0.0"), wrong.get(0));
    }
  }

  private static List<String> mismatches(Jar now, Jar then) throws Exception {
    try (Processor reporter = new Processor()) {
      Set<Baseline.Info> packages =
          new Baseline(reporter, new DiffPluginImpl()).baseline(now, then, new Instructions("*"));
      return packages.stream()
          .filter(p -> p.mismatch)
          .map(
              p ->
                  "%s %s should be %s: %s"
                      .formatted(p.packageName, p.newerVersion, p.suggestedVersion, p.packageDiff))
          .sorted()
          .toList();
    }
  }

  private static Jar recorded() throws IOException {
    try (InputStream in = ApiBaselineTest.class.getResourceAsStream("/api/recorded.jar")) {
      return new Jar("recorded", in);
    }
  }

  private static Path api() throws IOException {
    try (Stream<Path> all = Files.walk(ProductOptions.home().resolve("target/lanpo/bundles"))) {
      return all.filter(f -> f.getFileName().toString().matches("io\\.lanpo\\.api-.*\\.jar"))
          .findFirst()
          .orElseThrow();
    }
  }
}
