package io.lanpo.runtime;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In which encoding Java names files when {@code bin/lanpo} starts it. */
@Timeout(120)
final class LocaleTest {
  private static final List<String> NAMES = List.of("LC_ALL", "LC_CTYPE", "LC_TIME", "LANG");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LC_ALL=C",
        "LANG=C",
        "LC_ALL=POSIX",
        "LC_CTYPE=C LANG=C.UTF-8",
        "LC_ALL=xx_YY.UTF-8",
        "LANG=xx_YY.UTF-8",
        "LC_TIME=xx_YY.UTF-8 LANG=C.UTF-8"
      })
  void anyLocaleEndsInOneThatCanNameEveryFile(String variables) throws Exception {
    for (String path :
        List.of("runtime/bin", "runtime/etc", "runtime/target/lanpo", "features", "bundles")) {
      Files.createDirectories(folder.resolve(path));
    }
    Files.writeString(folder.resolve("runtime/etc/jvm.options"), "-Dlanpo.features=base\n");
    Files.writeString(folder.resolve("features/base.feature.json"), "{}");
    Files.writeString(folder.resolve("runtime/target/lanpo/built"), "base\n");
    Path script =
        Files.copy(
            Path.of("bin/lanpo"),
            folder.resolve("runtime/bin/lanpo"),
            StandardCopyOption.COPY_ATTRIBUTES);
    Assumptions.assumeTrue(
        said(List.of("locale", "charmap"), "LC_ALL=C.UTF-8").strip().equals("UTF-8"),
        "NOT TESTED: this system has no locale C.UTF-8");
    String said = said(List.of(script.toString(), "components"), variables);
    assertTrue(said.contains("sun.jnu.encoding = UTF-8"), said);
  }

  /** What a process says with these variables for its locale and no others. */
  private String said(List<String> command, String variables) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("said.txt").toFile());
    Map<String, String> environment = builder.environment();
    NAMES.forEach(environment::remove);
    for (String variable : variables.split(" ")) {
      String[] parts = variable.split("=", 2);
      environment.put(parts[0], parts[1]);
    }
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    // Java shows them before it finds that there is nothing to run
    environment.put("LANPO_JVM_OPTS", "-XshowSettings:properties -Djava.io.tmpdir=" + folder);
    Process process = builder.start();
    assertTrue(process.waitFor(100, TimeUnit.SECONDS));
    return Files.readString(folder.resolve("said.txt"));
  }
}
