package io.lanpo.runtime;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tests of this project run with {@code etc/jvm.options} in effect, so that file must pass. */
final class JvmCheckTest {
  @TempDir Path folder;

  @Test
  void theOptionsOfTheProductAreInEffectHere() {
    assertDoesNotThrow(() -> JvmCheck.check(Path.of("etc/jvm.options"), ModuleLayer.boot()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--add-exports=java.base/sun.security.provider=ALL-UNNAMED",
        "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
        "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
        "--add-exports=no.such.module/some.pack=ALL-UNNAMED",
        "-Dlanpo.no.such.property=true"
      })
  void anOptionThatIsNotInEffectIsNamed(String option) throws IOException {
    Path options = folder.resolve("jvm.options");
    Files.writeString(
        options, "# comment\n\n--add-exports=java.base/sun.nio.ch=ALL-UNNAMED\n" + option + "\n");
    LaunchException e =
        assertThrows(LaunchException.class, () -> JvmCheck.check(options, ModuleLayer.boot()));
    assertEquals(
        "the JVM was started without "
            + option
            + "; start the platform with runtime/bin/lanpo, or give java @"
            + options,
        e.getMessage());
  }

  @Test
  void anOptionThatTunesIsNotRequired() throws IOException {
    Path options = folder.resolve("jvm.options");
    Files.writeString(options, "-XX:+UseParallelGC\n-Xmx3g\n");
    assertDoesNotThrow(() -> JvmCheck.check(options, ModuleLayer.boot()));
  }

  @Test
  void aRuntimeWithoutCompilerIsRefused() {
    LaunchException e =
        assertThrows(
            LaunchException.class,
            () -> JvmCheck.check(Path.of("etc/jvm.options"), ModuleLayer.empty()));
    assertTrue(String.valueOf(e.getMessage()).contains("install a JDK 17"), e.getMessage());
  }
}
