package io.lanpo.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code bin/lanpo} says while it builds. A script that prints as Maven does stands for it.
 */
@Timeout(120)
final class FirstUseTest {
  @TempDir Path folder;

  private Path err;

  @BeforeEach
  void aSourceTree() throws IOException {
    err = folder.resolve("err.txt");
    Files.createDirectories(folder.resolve("runtime/bin"));
    Files.createDirectories(folder.resolve("runtime/etc"));
    Files.createDirectories(folder.resolve("features"));
    Files.createDirectories(folder.resolve("path"));
    Files.writeString(folder.resolve("runtime/etc/jvm.options"), "-Dlanpo.features=base\n");
    Files.writeString(folder.resolve("features/base.feature.json"), "{}");
    Files.copy(
        Path.of("bin/lanpo"),
        folder.resolve("runtime/bin/lanpo"),
        StandardCopyOption.COPY_ATTRIBUTES);
  }

  @Test
  void aBuildShowsItsModulesAndNothingElse() throws Exception {
    List<String> said =
        said(
            """
            printf '\\033[0m[INFO] Scanning for projects...\\n'
            echo '[INFO] Building LANPO 0.1.0-SNAPSHOT                       [1/2]'
            echo '[WARNING] something is old'
            echo 'a line of a plugin'
            echo '[INFO] Building LANPO Deployment (hot) 0.1.0-SNAPSHOT    [2/2]'
            printf '\\033[0m'
            """);
    assertTrue(said.get(0).startsWith("lanpo: first use of base: building; Maven"), said.get(0));
    assertEquals(
        List.of("lanpo: building 1 of 2: LANPO", "lanpo: building 2 of 2: LANPO Deployment (hot)"),
        said.subList(1, 3));
    assertTrue(said.get(3).matches("lanpo: built in \\d+ s"), said.get(3));
  }

  @Test
  void aBuildThatFailsShowsItsErrorsAndStartsNothing() throws Exception {
    assertEquals(
        List.of(
            "[ERROR] cannot find symbol",
            "  symbol: class Tial",
            "lanpo: the build failed; what Maven says is above"),
        said("""
                echo '[INFO] Compiling'
                echo '[ERROR] cannot find symbol'
                echo '  symbol: class Tial'
                echo '[INFO] Total time: 1 s'
                exit 1
                """)
            .subList(1, 4));
  }

  /** What stands on standard error when Maven does as a script says. */
  private List<String> said(String script) throws Exception {
    Path mvn = Files.writeString(folder.resolve("path/mvn"), "#!/bin/sh\n" + script);
    assertTrue(mvn.toFile().setExecutable(true));
    ProcessBuilder builder =
        new ProcessBuilder(folder.resolve("runtime/bin/lanpo").toString(), "components")
            .redirectError(err.toFile())
            .redirectOutput(folder.resolve("out.txt").toFile());
    builder.environment().merge("PATH", "", (path, none) -> folder.resolve("path") + ":" + path);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().remove("LANPO_FEATURES");
    Process process = builder.start();
    assertTrue(process.waitFor(100, TimeUnit.SECONDS));
    assertEquals(1, process.exitValue());
    return Files.readAllLines(err);
  }
}
