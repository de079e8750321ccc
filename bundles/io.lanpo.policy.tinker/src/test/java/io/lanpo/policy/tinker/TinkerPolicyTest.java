package io.lanpo.policy.tinker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.AdamW;
import io.lanpo.api.policy.Completion;
import io.lanpo.api.policy.GenerationRequest;
import io.lanpo.api.policy.Loss;
import io.lanpo.api.policy.LossTerm;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.Sampling;
import io.lanpo.api.policy.Sequence;
import io.lanpo.api.policy.TrainingExample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What a policy on a server checks and does by itself. */
final class TinkerPolicyTest {
  private static final Path MODEL = Path.of("../../integration-tests/peers/fixtures/llama");
  private static final AdamW OPTIMIZER = new AdamW(0.01, 0.9, 0.999, 1e-8, 0, 1);

  @TempDir Path work;
  private FaultyServer server;

  @BeforeEach
  void start() throws IOException {
    server = new FaultyServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Settings settings(Map<String, String> more) {
    Map<String, String> all = new TreeMap<>(more);
    all.put("url", server.url());
    return Scenario.settings(all);
  }

  private Policy open() {
    return Scenario.backend().open(MODEL, settings(Map.of()));
  }

  @Test
  void theFolderTellsFamilyAndContext() {
    try (Policy policy = open()) {
      assertEquals("llama", policy.info().family());
      assertEquals(128, policy.info().contextLength());
      assertTrue(policy.info().device().contains(server.url()));
    }
    assertEquals(1, server.asked("unload_model"));
  }

  @Test
  void aTextEndsACompletionWithTheTokenThatCompletesIt() {
    try (Policy policy = open()) {
      Sampling sampling = new Sampling(1, 0, 1, 0, 6, List.of("4 4 4"));
      GenerationRequest request = new GenerationRequest(new int[] {4}, 1, sampling, 1);
      Completion completion = policy.generate(List.of(request)).get(0).get(0);
      assertArrayEquals(new int[] {4, 4, 4}, completion.tokens());
      assertEquals(3, completion.logProbs().length);
      assertTrue(completion.finished());
    }
  }

  @Test
  void whatTheProtocolLacksIsRefusedByName() {
    Sequence sequence = new Sequence(new int[] {5}, new int[] {6});
    try (Policy policy = open()) {
      assertRefused(
          "min-p",
          () -> policy.generate(List.of(request(new Sampling(1, 0, 1, 0.1, 3, List.of())))));
      assertRefused("temperature 1", () -> policy.logProbs(List.of(sequence), 0.5));
      assertRefused(
          "KL", () -> policy.update(terms(new Loss.ClippedSurrogate(0.2, 0.2, 0.1, 1)), OPTIMIZER));
      Loss.ClippedSurrogate plain = new Loss.ClippedSurrogate(0.2, 0.2, 0, 1);
      assertRefused(
          "objective.dual-clip = 3.0",
          () -> policy.update(terms(plain.withDualClip(3)), OPTIMIZER));
      assertRefused(
          "objective.entropy = 0.01",
          () -> policy.update(terms(plain.withEntropy(.01)), OPTIMIZER));
      assertRefused(
          "temperature 1",
          () -> policy.update(terms(new Loss.Custom((of, logProbs) -> List.of(), 2)), OPTIMIZER));
      assertRefused(
          "temperature 1",
          () -> policy.update(terms(new Loss.ClippedSurrogate(0.2, 0.2, 0, 2)), OPTIMIZER));
      assertRefused("context", () -> policy.generate(List.of(request(Sampling.at(1, 128)))));
      assertEquals(0, server.asked("forward_backward"));
      assertEquals(0, policy.version());
    }
    assertRefused(
        "random weights",
        () -> Scenario.backend().create(settings(Map.of()), new NumberTokens(9), 0));
  }

  private static GenerationRequest request(Sampling sampling) {
    return new GenerationRequest(new int[] {4}, 1, sampling, 1);
  }

  private static List<LossTerm> terms(Loss loss) {
    float[] one = {1};
    TrainingExample example =
        new TrainingExample(new Sequence(new int[] {5}, new int[] {6}), one, one, one, one);
    return List.of(new LossTerm("term", loss, List.of(example)));
  }

  private static void assertRefused(String why, Executable call) {
    UserException e = assertThrows(UserException.class, call);
    assertTrue(e.getMessage().contains(why), e.getMessage());
  }

  @Test
  void anUpdateWithoutExamplesChangesNothing() {
    try (Policy policy = open()) {
      policy.update(List.of(new LossTerm("none", new Loss.CrossEntropy(), List.of())), OPTIMIZER);
      assertEquals(0, policy.version());
      assertEquals(0, server.asked("optim_step"));
    }
  }

  /** Weights are made those that are sampled from after an update, and only then. */
  @Test
  void samplingFollowsTheUpdates() {
    List<GenerationRequest> requests = List.of(request(Sampling.at(1, 2)));
    server.scoredTokens(1);
    try (Policy policy = open()) {
      policy.generate(requests);
      policy.generate(requests);
      assertEquals(1, server.asked("save_weights_for_sampler"));
      policy.update(terms(new Loss.ClippedSurrogate(0.2, 0.2, 0, 1)), OPTIMIZER);
      policy.generate(requests);
      assertEquals(2, server.asked("save_weights_for_sampler"));
    }
  }

  /** A batch is sent in parts, and every part has a number of its own. */
  @Test
  void aLargeBatchTravelsInParts() {
    server.scoredTokens(1);
    List<LossTerm> many =
        List.of(
            new LossTerm(
                "term",
                new Loss.ClippedSurrogate(0.2, 0.2, 0, 1),
                Collections.nCopies(10, terms(new Loss.CrossEntropy()).get(0).examples().get(0))));
    // every part answers for one sequence, which is all that this server can
    try (Policy policy = Scenario.backend().open(MODEL, settings(Map.of("update-tokens", "1")))) {
      policy.update(many, OPTIMIZER);
      assertEquals(10, server.gradients());
      assertEquals(1, server.asked("optim_step"));
    }
  }

  @Test
  void aCheckpointPointsToTheServersWeights() throws IOException {
    Path folder = work.resolve("checkpoint");
    try (Policy policy = open()) {
      policy.save(folder);
      policy.save(folder);
    }
    assertEquals(1, server.asked("save_weights"), "nothing has changed in between");
    assertTrue(Files.exists(folder.resolve("config.json")));
    assertTrue(Files.notExists(work.resolve("checkpoint.previous")));
    assertEquals("tinker://m/weights/w", ModelFolder.of(folder).pointer().weights());
    Settings otherRank = settings(Map.of("lora.rank", "8"));
    assertRefused("lora.rank = 8", () -> Scenario.backend().open(folder, otherRank));
    Files.move(folder, work.resolve("checkpoint.previous"));
    try (Policy policy = Scenario.backend().open(folder, settings(Map.of()))) {
      assertEquals(0, policy.version());
    }
    assertEquals(1, server.asked("load_weights"));
    Files.writeString(work.resolve("checkpoint.previous").resolve(ModelFolder.POINTER), "{");
    assertRefused("damaged", () -> Scenario.backend().open(folder, settings(Map.of())));
    Path missing = work.resolve("missing");
    assertRefused("is missing", () -> Scenario.backend().open(missing, settings(Map.of())));
  }

  @Test
  void theServerMustHaveTheModel() {
    Settings unknown = settings(Map.of("base-model", "onyl"));
    UserException e =
        assertThrows(UserException.class, () -> Scenario.backend().open(MODEL, unknown));
    assertEquals("Did you mean only?", e.nextStep());
  }

  @Test
  void aFolderThatTellsNoContextNeedsTheSetting() throws IOException {
    assertRefused(
        "max_position_embeddings", () -> Scenario.backend().open(work, settings(Map.of())));
    try (Policy policy = Scenario.backend().open(work, settings(Map.of("context", "64")))) {
      assertEquals(64, policy.info().contextLength());
    }
  }
}
