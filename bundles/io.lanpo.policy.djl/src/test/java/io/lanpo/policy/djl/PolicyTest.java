package io.lanpo.policy.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.AdamW;
import io.lanpo.api.policy.Completion;
import io.lanpo.api.policy.GenerationRequest;
import io.lanpo.api.policy.Loss;
import io.lanpo.api.policy.LossTerm;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.Sampler;
import io.lanpo.api.policy.Sampling;
import io.lanpo.api.policy.Sequence;
import io.lanpo.api.policy.Tokenizer;
import io.lanpo.api.policy.TrainingExample;
import io.lanpo.api.policy.UpdateReport;
import io.lanpo.api.task.Prompt;
import io.lanpo.policy.djl.checkpoint.CheckpointFiles;
import io.lanpo.policy.djl.checkpoint.WeightFiles;
import io.lanpo.policy.djl.fixture.NumberTokens;
import io.lanpo.policy.djl.fixture.TinyDecoders;
import io.lanpo.policy.djl.model.ModelConfig;
import io.lanpo.policy.djl.network.IntegerPrecision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The backend as a service: create, work, save, open; and what it says of bad input. */
class PolicyTest {
  private static final AdamW STEP = new AdamW(1e-2, .9, .95, 1e-8, 0, 1);
  private static final NumberTokens TOKENS = new NumberTokens(TinyDecoders.VOCABULARY);

  private final DjlPolicyBackend backend = new DjlPolicyBackend(new NumberTokens.Service());

  private Settings settings(String... pairs) {
    Map<String, String> given = new HashMap<>(Map.of("width", "24", "heads", "2"));
    given.put("context", "64");
    for (int i = 0; i < pairs.length; i += 2) {
      given.put(pairs[i], pairs[i + 1]);
    }
    return Settings.of("test", backend.settings(), given);
  }

  private Policy create(String... pairs) {
    return backend.create(settings(pairs), TOKENS, 1);
  }

  /** Generates, rewards, updates. */
  private static UpdateReport step(Policy policy, int number) {
    GenerationRequest request =
        new GenerationRequest(TinyDecoders.tokens(7, number), 6, Sampling.at(1, 12), number);
    List<TrainingExample> examples = new ArrayList<>();
    int sign = 1;
    for (Completion completion : policy.generate(List.of(request)).get(0)) {
      int length = completion.tokens().length;
      float[] scale = new float[length];
      Arrays.fill(scale, .05f);
      float[] advantages = new float[length];
      Arrays.fill(advantages, sign);
      sign = -sign;
      examples.add(
          new TrainingExample(
              new Sequence(request.prompt(), completion.tokens()),
              scale,
              advantages,
              completion.logProbs(),
              new float[0]));
    }
    LossTerm term = new LossTerm("pg", new Loss.ClippedSurrogate(.2, .2, 0, 1), examples);
    return policy.update(List.of(term), STEP);
  }

  @ParameterizedTest
  @CsvSource({"micro, f32", "llama, f32", "llama, bf16"})
  void goesOnFromACheckpointToTheBit(String family, String moments, @TempDir Path folder) {
    Path checkpoint = folder.resolve("checkpoint");
    try (Policy policy = create("family", family, "moments", moments)) {
      step(policy, 1);
      step(policy, 2);
      policy.save(checkpoint);
      List<UpdateReport> expected = List.of(step(policy, 3), step(policy, 4));
      try (Policy opened = backend.open(checkpoint, settings("moments", moments))) {
        assertEquals(2, opened.version());
        assertEquals(policy.info(), opened.info());
        assertEquals(expected, List.of(step(opened, 3), step(opened, 4)));
        assertEquals(policy.version(), opened.version());
        assertSameWeights(policy, opened, folder);
      }
    }
  }

  /** What is evaluated is the policy, in its own precision, whatever samples its rollouts. */
  @Test
  void rolloutsInInt8AreApartFromThePolicyAndTheSameFromACheckpoint(@TempDir Path folder) {
    assumeTrue(IntegerPrecision.byOneDnn());
    Path checkpoint = folder.resolve("checkpoint");
    List<GenerationRequest> requests =
        List.of(new GenerationRequest(TinyDecoders.tokens(7, 1), 6, Sampling.at(1, 12), 1));
    try (Policy policy = create("family", "llama", "rollout-precision", "int8");
        Policy same = create("family", "llama")) {
      assertSame(same, same.rollouts());
      assertEquals(logProbs(same, requests), logProbs(policy, requests));
      assertNotEquals(logProbs(policy, requests), logProbs(policy.rollouts(), requests));
      step(policy, 1);
      policy.save(checkpoint);
      assertEquals(1, policy.rollouts().version());
      try (Policy opened = backend.open(checkpoint, settings("rollout-precision", "int8"))) {
        assertEquals(logProbs(policy.rollouts(), requests), logProbs(opened.rollouts(), requests));
      }
    }
  }

  private static List<Float> logProbs(Sampler sampler, List<GenerationRequest> requests) {
    List<Float> all = new ArrayList<>();
    for (Completion completion : sampler.generate(requests).get(0)) {
      for (float logProb : completion.logProbs()) {
        all.add(logProb);
      }
    }
    return all;
  }

  @Test
  void rolloutsInInt8AreNotForGpus() {
    Settings given = settings("rollout-precision", "int8", "device", "gpu:0");
    UserException refused =
        assertThrows(UserException.class, () -> backend.choices(Optional.empty(), given));
    assertEquals(
        "rollout-precision = int8 is for processors, but device = gpu:0 is a GPU",
        refused.getMessage());
    assertEquals("Set rollout-precision=same, or device=cpu.", refused.nextStep());
    assertEquals(Optional.of("rollout-precision = int8"), backend.roundedRollouts(given));
    assertEquals(Optional.empty(), backend.roundedRollouts(settings()));
  }

  /** What rounds them is the policy's setting and not the checkpoint's. */
  @Test
  void momentsTakeHalfTheRoomInBf16AndCanBeChanged(@TempDir Path folder) throws IOException {
    Path single = folder.resolve("single");
    Path half = folder.resolve("half");
    try (Policy policy = create()) {
      step(policy, 1);
      policy.save(single);
    }
    try (Policy policy = backend.open(single, settings("moments", "bf16"))) {
      step(policy, 2);
      policy.save(half);
    }
    long whole = Files.size(single.resolve(CheckpointFiles.OPTIMIZER));
    assertTrue(Files.size(half.resolve(CheckpointFiles.OPTIMIZER)) < .6 * whole);
    try (Policy policy = backend.open(half, settings())) {
      step(policy, 3);
      policy.save(single);
      assertEquals(3, policy.version());
    }
    assertEquals(whole, Files.size(single.resolve(CheckpointFiles.OPTIMIZER)), 100);
  }

  private static void assertSameWeights(Policy one, Policy other, Path folder) {
    one.save(folder.resolve("one"));
    other.save(folder.resolve("other"));
    for (String file : List.of(WeightFiles.SINGLE, CheckpointFiles.OPTIMIZER, ModelConfig.FILE)) {
      try {
        Path a = folder.resolve("one").resolve(file);
        Path b = folder.resolve("other").resolve(file);
        assertEquals(-1, Files.mismatch(a, b), file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Test
  void anInterruptedCallChangesNothing(@TempDir Path folder) {
    try (Policy policy = create("workers", "2", "update-tokens", "20");
        Policy other = create("workers", "2", "update-tokens", "20")) {
      step(policy, 1);
      step(other, 1);
      Sequence sequence = new Sequence(new int[] {3}, TinyDecoders.tokens(12, 1));
      TrainingExample example = TrainingExample.supervised(sequence, new float[12]);
      List<LossTerm> terms =
          List.of(new LossTerm("sft", new Loss.CrossEntropy(), List.of(example, example)));
      List<Executable> calls =
          List.of(
              () ->
                  policy.generate(
                      List.of(new GenerationRequest(new int[] {3}, 40, Sampling.at(1, 9), 1))),
              () -> policy.logProbs(List.of(sequence), 1),
              () -> policy.update(terms, STEP));
      for (Executable call : calls) {
        Thread.currentThread().interrupt();
        assertThrows(CancellationException.class, call);
        assertFalse(Thread.interrupted(), "as by an InterruptedException");
      }
      assertEquals(1, policy.version());
      assertEquals(step(other, 2), step(policy, 2));
      assertSameWeights(policy, other, folder);
    }
  }

  @Test
  void seedsFixNewWeights(@TempDir Path folder) {
    try (Policy one = create();
        Policy other = create()) {
      assertSameWeights(one, other, folder);
      assertEquals(0, one.version());
    }
  }

  @Test
  void resettingTheOptimizerForgetsItsMoments(@TempDir Path folder) {
    try (Policy policy = create()) {
      step(policy, 1);
      policy.save(folder.resolve("c"));
      Files.delete(folder.resolve("c").resolve(CheckpointFiles.OPTIMIZER));
      policy.resetOptimizer();
      try (Policy fresh = backend.open(folder.resolve("c"), settings())) {
        assertEquals(0, fresh.version());
        assertEquals(step(fresh, 5), step(policy, 5));
        List<Sequence> some = List.of(new Sequence(new int[] {3}, new int[] {4, 5}));
        assertArrayEquals(fresh.logProbs(some, 1).get(0), policy.logProbs(some, 1).get(0));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void anOlderCheckpointStaysWholeWhenANewOneCannotBeWritten(@TempDir Path folder)
      throws IOException {
    Path checkpoint = folder.resolve("c");
    Tokenizer broken =
        new Tokenizer() {
          private boolean saved;

          @Override
          public int[] encode(String text) {
            return TOKENS.encode(text);
          }

          @Override
          public int[] encode(Prompt prompt) {
            return TOKENS.encode(prompt);
          }

          @Override
          public String decode(int[] tokens) {
            return TOKENS.decode(tokens);
          }

          @Override
          public int endToken() {
            return TOKENS.endToken();
          }

          @Override
          public int vocabularySize() {
            return TOKENS.vocabularySize();
          }

          @Override
          public void save(Path target) {
            if (saved) {
              throw new UncheckedIOException(new IOException("No space left on device"));
            }
            saved = true;
            TOKENS.save(target);
          }
        };
    try (Policy policy = backend.create(settings(), broken, 1)) {
      policy.save(checkpoint);
      step(policy, 1);
      UserException e = assertThrows(UserException.class, () -> policy.save(checkpoint));
      assertTrue(e.getMessage().contains(checkpoint.toString()), e.getMessage());
      assertTrue(e.getMessage().contains("No space left"), e.getMessage());
      try (Policy old = backend.open(checkpoint, settings())) {
        assertEquals(0, old.version());
      }
    }
    Files.move(checkpoint, folder.resolve("c.previous"));
    try (Policy aside = backend.open(checkpoint, settings())) {
      assertEquals(0, aside.version());
    }
  }

  @Test
  void savingAgainReplacesTheOlderCheckpoint(@TempDir Path folder) throws IOException {
    Path checkpoint = folder.resolve("c");
    try (Policy policy = create()) {
      policy.save(checkpoint);
      step(policy, 1);
      policy.save(checkpoint);
    }
    try (Policy opened = backend.open(checkpoint, settings())) {
      assertEquals(1, opened.version());
    }
    try (var files = Files.list(folder)) {
      assertEquals(List.of(checkpoint), files.toList());
    }
  }

  @Test
  void aPromptThatIsTooLongIsRefusedWithBothLengths() {
    try (Policy policy = create()) {
      int[] prompt = TinyDecoders.tokens(50, 1);
      UserException e =
          assertThrows(
              UserException.class,
              () ->
                  policy.generate(
                      List.of(new GenerationRequest(prompt, 1, Sampling.at(1, 15), 1))));
      for (String part : List.of("50", "15", "64")) {
        assertTrue(e.getMessage().contains(part), e.getMessage());
      }
      int[] fits = TinyDecoders.tokens(49, 1);
      GenerationRequest request = new GenerationRequest(fits, 3, Sampling.at(1, 15), 1);
      assertFalse(policy.generate(List.of(request)).get(0).isEmpty());
      Sequence tooLong = new Sequence(prompt, TinyDecoders.tokens(15, 2));
      assertThrows(UserException.class, () -> policy.logProbs(List.of(tooLong), 1));
    }
  }

  @Test
  void tokensOutsideTheVocabularyAreRefused() {
    try (Policy policy = create()) {
      List<Sequence> bad =
          List.of(new Sequence(new int[] {3}, new int[] {TinyDecoders.VOCABULARY}));
      assertThrows(IllegalArgumentException.class, () -> policy.logProbs(bad, 1));
    }
  }

  /** As of Qwen2.5, whose table has 271 rows more than its tokenizer has tokens. */
  @ParameterizedTest
  @ValueSource(strings = {"micro", "llama"})
  void rowsWithoutATokenTakePartInNothing(String family, @TempDir Path folder) throws IOException {
    int known = 20;
    Path checkpoint = folder.resolve("c");
    try (Policy policy = create("family", family)) {
      policy.save(checkpoint);
    }
    new NumberTokens(known).save(checkpoint);
    int[] prompt = {3, 4, 5};
    try (Policy policy = backend.open(checkpoint, settings())) {
      List<Sequence> each = new ArrayList<>();
      for (int token = 0; token < known; token++) {
        each.add(new Sequence(prompt, new int[] {token}));
      }
      double all = policy.logProbs(each, 1).stream().mapToDouble(p -> Math.exp(p[0])).sum();
      assertEquals(1, all, 1e-5);
      List<TrainingExample> examples = new ArrayList<>();
      for (double temperature : new double[] {0, 1, 3}) {
        GenerationRequest request =
            new GenerationRequest(prompt, 8, Sampling.at(temperature, 20), 1);
        for (Completion completion : policy.generate(List.of(request)).get(0)) {
          assertTrue(Arrays.stream(completion.tokens()).allMatch(t -> t < known));
          Sequence sequence = new Sequence(prompt, completion.tokens());
          double scored = temperature == 0 ? 1 : temperature;
          assertArrayEquals(
              policy.logProbs(List.of(sequence), scored).get(0), completion.logProbs(), 1e-5f);
          float[] ones = new float[completion.tokens().length];
          Arrays.fill(ones, 1);
          if (temperature == 1) {
            examples.add(
                new TrainingExample(sequence, ones, ones, completion.logProbs(), new float[0]));
          }
        }
      }
      Loss loss = new Loss.ClippedSurrogate(.2, .2, 0, 1);
      UpdateReport report = policy.update(List.of(new LossTerm("pg", loss, examples)), STEP);
      assertEquals(1, report.terms().get("pg").ratio(), 1e-5);
      assertTrue(report.terms().get("pg").entropy() <= Math.log(known));
      List<Sequence> unknown = List.of(new Sequence(prompt, new int[] {known}));
      assertThrows(IllegalArgumentException.class, () -> policy.logProbs(unknown, 1));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "heads = 5            | width | heads",
        "kv-heads = 3         | kv-heads = 3 | heads",
        "device = tpu         | device = tpu | gpu:0",
        "device = gpu:7       | gpu:7 | GPUs",
      })
  void settingsThatDoNotFitAreRefused(String setting, String first, String second) {
    String[] pair = setting.split(" = ");
    UserException e =
        assertThrows(UserException.class, () -> create("width", "32", pair[0], pair[1]));
    assertTrue(e.getMessage().contains(first), e.getMessage());
    assertTrue(e.getMessage().contains(second), e.getMessage());
  }
}
