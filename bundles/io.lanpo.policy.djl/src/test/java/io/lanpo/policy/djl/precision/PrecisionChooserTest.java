package io.lanpo.policy.djl.precision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import io.lanpo.policy.djl.fixture.TinyDecoders;
import io.lanpo.policy.djl.network.Processor;
import io.lanpo.policy.djl.precision.PrecisionChooser.Decision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code precision = auto} chooses, says and remembers. */
class PrecisionChooserTest {
  private static final Processor ABLE = new Processor("Able", List.of("avx512f", "avx512_bf16"));

  @TempDir Path home;

  private final AtomicInteger measured = new AtomicInteger();
  private double speedup = 2.06;

  private PrecisionChooser chooser(Processor processor, Map<String, String> environment) {
    return chooser(processor, environment, "2.7.1");
  }

  private PrecisionChooser chooser(
      Processor processor, Map<String, String> environment, String library) {
    return new PrecisionChooser(
        processor,
        environment,
        () -> true,
        (shape, threads) -> {
          measured.incrementAndGet();
          return speedup;
        },
        new SpeedupFiles(home.resolve("known")),
        library);
  }

  private Decision choose() {
    return chooser(ABLE, Map.of()).choose(TinyDecoders.llama(), Device.cpu(), 1);
  }

  @ParameterizedTest
  @CsvSource({
    "2.06, true, 'bf16: 2.0 times f32 here in products of this model (measured); avx512_bf16'",
    "1.2, true, 'bf16: 1.2 times f32 here in products of this model (measured); avx512_bf16'",
    "1.19, false, 'f32: bf16 is 1.1 times as fast here in products of this model, less than 1.2"
        + " (measured); avx512_bf16'",
    "0.5, false, 'f32: bf16 is 0.5 times as fast here in products of this model, less than 1.2"
        + " (measured); avx512_bf16'"
  })
  void bf16IsTakenWhenItGainsEnough(double gain, boolean half, String reason) {
    speedup = gain;
    assertEquals(new Decision(half, reason), choose());
  }

  @Test
  void withoutInstructionsNothingIsMeasured() {
    Decision decision =
        chooser(new Processor("Old", List.of("avx2")), Map.of())
            .choose(TinyDecoders.llama(), Device.cpu(), 1);
    assertEquals(new Decision(false, "f32: this processor has no instructions for bf16"), decision);
    assertEquals(0, measured.get());
  }

  @Test
  void whereOneDnnCannotNothingIsMeasured() {
    PrecisionChooser chooser =
        new PrecisionChooser(
            ABLE,
            Map.of(),
            () -> false,
            (shape, threads) -> measured.incrementAndGet(),
            new SpeedupFiles(home),
            "2.7.1");
    Decision decision = chooser.choose(TinyDecoders.llama(), Device.cpu(), 1);
    assertEquals(new Decision(false, "f32: oneDNN does not multiply in bf16 here"), decision);
    assertEquals(0, measured.get());
  }

  @Test
  void theAnswerIsKept() {
    Decision first = choose();
    speedup = 1;
    assertEquals(first, choose());
    assertEquals(1, measured.get());
  }

  @Test
  void whateverChangesTheAnswerIsMeasuredAgain() {
    choose();
    Processor other = new Processor("Other", ABLE.flags());
    Processor more = new Processor("Able", List.of("avx512f", "avx512_bf16", "amx_bf16"));
    chooser(other, Map.of()).choose(TinyDecoders.llama(), Device.cpu(), 1);
    chooser(more, Map.of()).choose(TinyDecoders.llama(), Device.cpu(), 1);
    chooser(ABLE, Map.of("ONEDNN_MAX_CPU_ISA", "AVX512_CORE"))
        .choose(TinyDecoders.llama(), Device.cpu(), 1);
    chooser(ABLE, Map.of(), "2.8.0").choose(TinyDecoders.llama(), Device.cpu(), 1);
    chooser(ABLE, Map.of()).choose(TinyDecoders.llama(), Device.cpu(), 2);
    chooser(ABLE, Map.of()).choose(TinyDecoders.switches(), Device.cpu(), 1);
    assertEquals(7, measured.get());
    chooser(ABLE, Map.of("HOME", "elsewhere")).choose(TinyDecoders.llama(), Device.cpu(), 1);
    assertEquals(7, measured.get(), "variables that mean nothing to products do not count");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "{}",
        "{\"measured\": \"another machine\", \"speedup\": 9}",
        "{\"measured\": KEY, \"speedup\": -1}",
        "{\"measured\": KEY, \"speedup\": \"NaN\"}",
        "{\"measured\": KEY, \"speedup\": \"fast\"}",
        "{\"measured\": [], \"speedup\": {}}"
      })
  void aDamagedAnswerIsMeasuredAgain(String content) throws IOException {
    choose();
    Path file = onlyFile();
    String key = Files.readString(file).replaceAll("(?s).*\"measured\": (\".*?\"),.*", "$1");
    Files.writeString(file, content.replace("KEY", key));
    speedup = 1;
    assertFalse(choose().half());
    assertEquals(2, measured.get());
    choose();
    assertEquals(2, measured.get(), "the file is whole again");
  }

  private Path onlyFile() throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("known"))) {
      List<Path> all = files.toList();
      assertEquals(1, all.size());
      return all.get(0);
    }
  }

  @Test
  void whereNothingCanBeKeptItStillChooses() throws IOException {
    Files.writeString(home.resolve("known"), "in the way");
    assertTrue(choose().half());
    assertTrue(choose().half());
    assertEquals(2, measured.get());
  }

  @ParameterizedTest
  @CsvSource({"90, true", "80, true", "75, false", "100, true", "'', false"})
  void aGpuIsNotMeasured(String capability, boolean half) {
    assertEquals(half, PrecisionChooser.ofGpu(capability).half());
    assertTrue(PrecisionChooser.ofGpu(capability).reason().startsWith(half ? "bf16: " : "f32: "));
  }
}
