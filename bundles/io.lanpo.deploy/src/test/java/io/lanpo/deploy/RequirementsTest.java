package io.lanpo.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanpo.deploy.Requirements.Missing;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

class RequirementsTest {
  private static final String EXPORTED = "other.words;version=2.3.0";

  @TempDir Path folder;

  private TestFramework framework;

  @BeforeEach
  void start() throws Exception {
    framework = new TestFramework(folder);
  }

  @AfterEach
  void stop() throws Exception {
    framework.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "other.nowhere"
            + "|it imports the package other.nowhere, which no bundle exports"
            + "|Put the classes into the bundle itself, or deploy a bundle that exports them.",
        "io.lanpo.api.task;version=\"[7.1,8)\""
            + "|it imports the package io.lanpo.api.task [7.1.0,8.0.0), and here it is 1.5.0"
            + "|It was built against another version of the API: build it against this one.",
        "other.words;version=\"3.0\""
            + "|it imports the package other.words 3.0.0, and here it is 2.3.0"
            + "|Build it against a version that is here."
      })
  void aPackageIsNamedWithWhatIsHere(String imported, String what, String nextStep)
      throws Exception {
    framework.installed(new TestJar("other", "1.0.0").header("Export-Package", EXPORTED));
    assertEquals(
        List.of(new Missing(what, nextStep)),
        missing(new TestJar("a", "1.0.0").header("Import-Package", imported)));
  }

  @Test
  void anotherJavaIsNamedWithThisOne() throws Exception {
    String java = "osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=99))\"";
    int here = Runtime.version().feature();
    assertEquals(
        List.of(
            new Missing(
                "it was built for Java 99, and this is Java " + here,
                "Build it with maven.compiler.release = %d.".formatted(here))),
        missing(new TestJar("a", "1.0.0").header("Require-Capability", java)));
  }

  @Test
  void anythingElseIsNamedAsItIsWritten() throws Exception {
    assertEquals(
        List.of("it requires a.gpu (memory>=8)"),
        missing(
                new TestJar("a", "1.0.0")
                    .header("Require-Capability", "a.gpu;filter:=\"(memory>=8)\""))
            .stream()
            .map(Missing::what)
            .toList());
  }

  @Test
  void everythingThatIsMissingIsNamed() throws Exception {
    TestJar jar =
        new TestJar("a", "1.0.0")
            .header("Import-Package", "other.first,other.second")
            .header("Require-Capability", "a.gpu");
    assertEquals(3, missing(jar).size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Import-Package", "DynamicImport-Package"})
  void whatIsNotNeededIsNotMissing(String header) throws Exception {
    String optional = header.startsWith("D") ? "" : ";resolution:=optional";
    Bundle bundle =
        framework.installed(new TestJar("a", "1.0.0").header(header, "other.nowhere" + optional));
    assertEquals(List.of(), new Requirements(framework.context()).missing(bundle));
    bundle.start();
  }

  @Test
  void whatAnUnresolvedBundleOffersIsNotMissing() throws Exception {
    framework.installed(
        new TestJar("other", "1.0.0")
            .header("Export-Package", EXPORTED)
            .header("Import-Package", "other.nowhere"));
    assertEquals(
        List.of(), missing(new TestJar("a", "1.0.0").header("Import-Package", "other.words")));
  }

  /** What is missing to a bundle that the framework does not resolve. */
  private List<Missing> missing(TestJar jar) throws Exception {
    Bundle bundle = framework.installed(jar);
    try {
      bundle.start();
    } catch (BundleException e) {
      assertEquals(BundleException.RESOLVE_ERROR, e.getType());
    }
    assertEquals(Bundle.INSTALLED, bundle.getState());
    return new Requirements(framework.context()).missing(bundle);
  }
}
