package io.lanpo.bench.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.bench.Benchmark.Figure;
import io.lanpo.api.bench.MachineLimits;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.PolicyBackend;
import io.lanpo.api.policy.Tokenizer;
import io.lanpo.api.policy.TokenizerService;
import io.lanpo.bench.measure.Fixed;
import io.lanpo.bench.measure.Heard;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PolicyBenchmarkTest {
  private static final List<String> QUICK =
      List.of(
          "generate 1 x 1, 16 + 16 tokens",
          "generate 2 x 8, 32 + 32 tokens",
          "update 2 x 4, 32 + 32 tokens",
          "step 2 x 4, 32 + 32 tokens");

  private final CountingBackend backend = new CountingBackend(true, 1000);
  private final Fixed installed = new Fixed().with(PolicyBackend.class, "counting", backend);

  @AfterEach
  void everythingIsGivenBack() {
    assertFalse(Thread.interrupted());
    assertEquals(0, installed.inUse());
  }

  private List<Figure> run(Heard heard, Map<String, String> more) {
    Map<String, String> values = new HashMap<>(more);
    values.putIfAbsent("policy", "counting");
    PolicyBenchmark benchmark = new PolicyBenchmark(installed, new Sizes());
    return benchmark.run(Settings.of("test", benchmark.settings(values), values), heard);
  }

  private static List<String> names(List<Figure> figures) {
    return figures.stream().map(Figure::name).toList();
  }

  @Test
  void quickMeasuresEachSmallWorkloadOnceAndSaysSo() {
    Heard heard = new Heard();
    List<Figure> figures = run(heard, Map.of("quick", "true"));
    assertEquals(QUICK, names(figures));
    assertEquals("policy: opening the model", heard.phases().get(0));
    assertEquals("policy: warming up", heard.phases().get(1));
    assertEquals(
        QUICK.stream().map("policy: "::concat).toList(),
        heard.phases().stream().skip(2).distinct().toList());
    assertEquals(
        List.of(0L, 1L, 1L, 2L, 2L, 3L, 3L, 4L),
        heard.all().stream().skip(2).map(p -> p.done()).toList());
    assertTrue(heard.all().stream().skip(2).allMatch(p -> p.total() == 4));
    assertTrue(heard.all().get(3).figures().get("tokens/s") > 0);
    assertEquals(
        List.of(
            "create with 1 workers",
            "generate", // warming up
            "generate",
            "generate",
            "update",
            "generate", // the step
            "update",
            "close"),
        backend.calls);
  }

  @Test
  void allWorkloadsTakeTurns() {
    List<Figure> figures =
        run(new Heard(), Map.of("model", "folder", "policy.workers", "2", "repetitions", "2"));
    assertEquals(10, figures.size());
    assertTrue(names(figures).contains("generate 64 x 1, 128 + 128 tokens, 64 in common"));
    assertEquals("open " + Path.of("folder"), backend.calls.get(0));
    assertEquals(1 + 2 * (6 + 2), Collections.frequency(backend.calls, "generate"));
    assertEquals(2 * 4, Collections.frequency(backend.calls, "update"));
  }

  @Test
  void tokensAndSharesOfTheLimitsAreCounted() {
    installed.with(MachineLimits.class, "counting", settings -> new MachineLimits.Limits(100, 10));
    List<Figure> figures = run(new Heard(), Map.of("quick", "true"));
    assertEquals(List.of(100.0, 10.0), List.of(figures.get(0).value(), figures.get(1).value()));
    Figure generate = find(figures, QUICK.get(1));
    double seconds = generate.details().get("seconds");
    assertEquals(2 * 8 * 32 / seconds, generate.value(), 1e-6 * generate.value());
    // two operations for each of a million weights and 2 prompts of 32 and 16 completions of 32
    assertEquals(
        2e-9 * 1e6 * (2 * 32 + 16 * 32) / seconds / 100, generate.details().get("ofProduct"), 1e-6);
    assertEquals(4e-9 * 1e6 * 32 / seconds / 10, generate.details().get("ofRead"), 1e-6);
    Figure update = find(figures, QUICK.get(2));
    assertEquals(
        6e-9 * 1e6 * (2 * 32 + 8 * 32) / update.details().get("seconds") / 100,
        update.details().get("ofProduct"),
        1e-6);
  }

  private static Figure find(List<Figure> figures, String name) {
    return figures.stream().filter(f -> f.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void anInterruptionReturnsWhatWasMeasuredAndClosesThePolicy() {
    Heard heard = new Heard("policy: update 2 x 4, 32 + 32 tokens");
    List<Figure> figures = run(heard, Map.of("quick", "true"));
    assertTrue(Thread.interrupted(), "the interrupt status is kept");
    // the unit during which it came is finished
    assertEquals(QUICK.subList(0, 3), names(figures));
    assertEquals("close", backend.calls.get(backend.calls.size() - 1));
  }

  @Test
  void anInterruptionBeforeTheFirstUnitLeavesNoFigures() {
    assertEquals(List.of(), run(new Heard("policy: warming up"), Map.of()));
    assertTrue(Thread.interrupted());
  }

  @Test
  void whatThePolicyCannotDoIsLeftOut() {
    installed.with(PolicyBackend.class, "sampler", new CountingBackend(false, 256));
    List<String> names = names(run(new Heard(), Map.of("policy", "sampler")));
    assertEquals(6, names.size(), names.toString());
    assertTrue(names.stream().allMatch(n -> n.startsWith("generate")));
    assertEquals(
        8,
        run(new Heard(), Map.of("policy", "sampler", "growth", "true", "only", "generate")).stream()
            .map(Figure::name)
            .filter(n -> n.endsWith("64 tokens"))
            .count());
  }

  @Test
  void someWorkloadsAreChosenByTheirBeginnings() {
    assertEquals(
        List.of(QUICK.get(0), QUICK.get(3)),
        names(run(new Heard(), Map.of("quick", "true", "only", "step; generate 1 x 1"))));
  }

  @Test
  void namesThatAreNoneAreRefused() {
    UserException backends =
        assertThrows(UserException.class, () -> run(new Heard(), Map.of("policy", "cuonting")));
    assertTrue(backends.toString().contains("Did you mean counting?"), backends.toString());
    UserException workload =
        assertThrows(UserException.class, () -> run(new Heard(), Map.of("only", "train")));
    assertTrue(workload.toString().contains("only = train"), workload.toString());
  }

  /** Makes tokenizers that know how many words they have. */
  private static final class Sizes implements TokenizerService {
    @Override
    public Tokenizer ofWords(List<String> words) {
      return new CountingBackend.TenTokens();
    }

    @Override
    public Tokenizer open(Path checkpoint, TokenizerService.Options options) {
      throw new UnsupportedOperationException();
    }
  }
}
