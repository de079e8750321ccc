package io.lanpo.it;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.it.paxexam.ProductOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Ctrl-C and SIGTERM at the moments of a start, each told by the file that it begins with. */
@Tag("full")
@Timeout(600)
final class SignalledStartIT {
  /** What the exit code of a process says that a signal has ended. */
  private static final int SIGNALLED = 128;

  @TempDir Path folder;

  /** One signal at every moment, the others in the middle. */
  static Stream<Arguments> moments() {
    return Stream.concat(
        Stream.of(
                "",
                "owner",
                "framework",
                "framework/bundle1",
                "framework/bundle7",
                "framework/bundle20",
                "framework/bundle40",
                "../../var/log/lanpo.log")
            .map(file -> Arguments.of("INT 2", file)),
        Stream.of("TERM 15", "HUP 1").map(signal -> Arguments.of(signal, "framework/bundle7")));
  }

  @ParameterizedTest
  @MethodSource("moments")
  void aSignalEndsTheProcessInOrderWithItsCode(String signal, String file) throws Exception {
    Lanpo lanpo = Lanpo.withColdStarts(folder, ProductOptions.home().resolveSibling("configs"));
    Process process = lanpo.start("train", "micro-smoke", "--set", "steps=100000");
    while (process.isAlive() && reached(file).isEmpty()) {
      Thread.onSpinWait();
    }
    new ProcessBuilder("kill", "-" + signal.split(" ")[0], Long.toString(process.pid()))
        .start()
        .waitFor();
    Lanpo.Result result = Lanpo.finish(process);
    String said = result.err() + result.out();
    assertAll(
        () -> assertEquals(SIGNALLED + Integer.parseInt(signal.split(" ")[1]), result.code(), said),
        () -> assertFalse(said.contains("\tat "), said),
        () -> assertFalse(said.contains("Exception"), said),
        () -> assertFalse(said.contains("hutdown"), said),
        () -> assertFalse(said.contains("nobody here has asked"), said),
        () -> assertEquals("", result.out()),
        // a process that has not come to its own code yet leaves a folder to the next start
        () -> assertTrue(file.isEmpty() || folders().isEmpty(), () -> "left: " + said));
  }

  private List<Path> reached(String file) throws IOException {
    return folders().stream()
        .map(f -> f.resolve(file))
        .filter(f -> Files.exists(f.normalize()))
        .toList();
  }

  /** The folders for temporary files of processes. */
  private List<Path> folders() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("tmp"))) {
      return files.filter(f -> f.getFileName().toString().startsWith("lanpo-")).toList();
    }
  }
}
