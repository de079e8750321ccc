package io.lanpo.it;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lanpo.it.paxexam.ProductOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bench} as a user starts it. */
final class BenchIT {
  @TempDir Path folder;
  private Lanpo lanpo;

  @BeforeEach
  void platform() throws IOException {
    lanpo = new Lanpo(folder, ProductOptions.home().resolveSibling("configs"));
  }

  private static Set<String> figures(JsonObject document) {
    Set<String> names = new TreeSet<>();
    JsonArray figures = document.getAsJsonArray("figures");
    for (JsonElement figure : figures) {
      names.add(figure.getAsJsonObject().get("name").getAsString());
    }
    return names;
  }

  @Test
  @Tag("full")
  void thePoolIsMeasuredBesideOtherStores() throws Exception {
    Lanpo.Result result = lanpo.run("bench", "pool", "--json", "--quick", "--set", "gets=500");
    assertEquals(0, result.code(), result.err());
    JsonObject document = JsonParser.parseString(result.out()).getAsJsonObject();
    assertTrue(document.get("complete").getAsBoolean());
    assertTrue(
        figures(document)
            .containsAll(Set.of("pool 2000 get", "rocksdb 2000 get", "mvstore 2000 disk")),
        result.out());
  }

  @Test
  @Tag("full")
  void theVerifierOfMathematicsAcceptsItsCases() throws Exception {
    Lanpo.Result result = lanpo.run("bench", "verifier", "--quick", "--json");
    assertEquals(0, result.code(), result.err());
    JsonObject document = JsonParser.parseString(result.out()).getAsJsonObject();
    assertEquals(Set.of("math", "math, one case"), figures(document));
    double accepted =
        document
            .getAsJsonArray("figures")
            .get(0)
            .getAsJsonObject()
            .getAsJsonObject("details")
            .get("accepted")
            .getAsDouble();
    assertTrue(accepted > 0.3 && accepted < 0.9, "right and wrong ones: " + accepted);
  }

  /**
   * While the model computes: what was measured is printed, nothing crashes, and the exit code is
   * that of the signal.
   */
  @Test
  void aSignalEndsTheBenchmarkOfThePolicyInOrder() throws Exception {
    Process process =
        lanpo.start(
            "bench",
            "policy",
            "--quick",
            "--json",
            "--set",
            "repetitions=1000",
            "--set",
            "policy.workers=2");
    CompletableFuture<String> out =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
              } catch (IOException e) {
                return e.toString();
              }
            });
    StringBuilder err = new StringBuilder();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      boolean sent = false;
      String line;
      while ((line = lines.readLine()) != null) {
        err.append(line).append('\n');
        if (!sent && line.contains("step 2 x 4, 32 + 32 tokens")) {
          sent = true;
          new ProcessBuilder("kill", "-TERM", Long.toString(process.pid())).start().waitFor();
        }
      }
    }
    int code = process.waitFor();
    JsonObject document = JsonParser.parseString(out.get()).getAsJsonObject();
    assertAll(
        () -> assertEquals(143, code, err.toString()),
        () -> assertTrue(err.toString().contains("policy: opening the model"), err.toString()),
        () -> assertFalse(err.toString().contains("\tat "), err.toString()),
        () -> assertFalse(document.get("complete").getAsBoolean()),
        () ->
            assertTrue(
                figures(document)
                    .containsAll(Set.of("matrix product", "generate 1 x 1, 16 + 16 tokens")),
                out.get()),
        () -> assertEquals(List.of(), crashes()));
  }

  /** What a JVM writes when it crashes, where it was started. */
  private static List<Path> crashes() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(""))) {
      return files.filter(f -> f.getFileName().toString().startsWith("hs_err")).toList();
    }
  }
}
