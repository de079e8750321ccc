package io.lanpo.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.AdamW;
import io.lanpo.api.policy.Loss;
import io.lanpo.api.policy.LossTerm;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.PolicyBackend;
import io.lanpo.api.policy.Sequence;
import io.lanpo.api.policy.TermReport;
import io.lanpo.api.policy.Tokenizer;
import io.lanpo.api.policy.TokenizerService;
import io.lanpo.api.policy.TrainingExample;
import io.lanpo.api.task.Prompt;
import io.lanpo.api.train.RunHandle;
import io.lanpo.api.train.RunState;
import io.lanpo.api.train.RunSummary;
import io.lanpo.api.train.TrainingService;
import io.lanpo.it.paxexam.OsgiService;
import io.lanpo.it.paxexam.PaxExamExtension;
import io.lanpo.it.paxexam.ProductOptions;
import io.lanpo.runtime.LaunchException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;

/** The platform with a real server that speaks the Tinker protocol: {@code mvn -Pskyrl verify}. */
@EnabledIf(
    value = "io.lanpo.it.SkyrlServer#installed",
    disabledReason =
        "no SkyRL server here: integration-tests/peers/skyrl-server install, then mvn -Pskyrl")
@ExtendWith(PaxExamExtension.class)
@Timeout(900)
final class SkyrlIT {
  private static final int DIGITS = 9;

  private static final String CONFIGURATION =
      """
      task = jsonl
      task.format = plain
      task.prompt = problem : {{question}} solution :
      task.held-out-share = 0.2
      task.held-out-seed = 4
      policy = tinker
      policy.lora.rank = 16
      policy.retries = 1
      reflection = micro
      abstraction = micro
      problems = 20
      group-size = 16
      steps = 20
      planner = within-group
      planner.ratio = 0.125
      planner.reflect-share = 0.5
      attempts = step
      sampling.max-tokens = 4
      sampling.max-review-tokens = 4
      sampling.max-lesson-tokens = 4
      objective.mini-batches = 1
      optimizer.learning-rate = 1e-2
      checkpoint.every = 1
      """;

  @OsgiService TrainingService training;

  @OsgiService(filter = "(lanpo.name=djl)")
  PolicyBackend local;

  @OsgiService(filter = "(lanpo.name=tinker)")
  PolicyBackend remote;

  @OsgiService TokenizerService tokenizers;

  @TempDir Path folder;

  @Configuration
  static Option[] arithmetic() throws IOException, LaunchException {
    Path work = PaxExamExtension.work(SkyrlIT.class);
    Path configs = Files.createDirectories(work.resolve("configs"));
    ProductOptions.copyConfigurations(configs);
    Files.writeString(configs.resolve("io.lanpo.run~arithmetic.cfg"), CONFIGURATION);
    return ProductOptions.of(work, configs, Set.of("base", "train")).toArray(Option[]::new);
  }

  /** Scores, and the losses of one identical batch, surrogate and cross-entropy. */
  @ParameterizedTest
  @ValueSource(strings = {"llama", "qwen3"})
  void serverAndLocalBackendAgree(String name) throws Exception {
    Path model = inFullPrecision(name);
    List<Sequence> sequences = sequences();
    Settings here = Settings.defaults(local.settings());
    try (SkyrlServer server = SkyrlServer.start(model, folder.resolve("server"));
        Policy mine = local.open(model, here);
        Policy theirs = remote.open(model, settings(Map.of("url", server.url())))) {
      List<float[]> scores = mine.logProbs(sequences, 1);
      List<float[]> others = theirs.logProbs(sequences, 1);
      double apart = 0;
      for (int i = 0; i < sequences.size(); i++) {
        assertArrayEquals(scores.get(i), others.get(i), 1e-4f);
        for (int t = 0; t < scores.get(i).length; t++) {
          apart = Math.max(apart, Math.abs(scores.get(i)[t] - others.get(i)[t]));
        }
      }
      List<LossTerm> batch = batch(sequences, scores);
      AdamW optimizer = new AdamW(1e-3, 0.9, 0.999, 1e-8, 0, Double.POSITIVE_INFINITY);
      Map<String, TermReport> ours = mine.update(batch, optimizer).terms();
      Map<String, TermReport> served = theirs.update(batch, optimizer).terms();
      assertEquals(ours.keySet(), served.keySet());
      double lossApart = 0;
      for (String term : ours.keySet()) {
        assertEquals(ours.get(term).loss(), served.get(term).loss(), 1e-4, term);
        assertEquals(ours.get(term).ratio(), served.get(term).ratio(), 1e-4, term);
        assertEquals(ours.get(term).clippedShare(), served.get(term).clippedShare(), 1e-9, term);
        lossApart = Math.max(lossApart, Math.abs(ours.get(term).loss() - served.get(term).loss()));
      }
      Files.writeString(
          here().resolve("target/skyrl-" + name + ".txt"),
          "log-probabilities differ by at most %s, losses by %s%n".formatted(apart, lossApart));
    }
  }

  /**
   * A run on sums of two digits, of which the model knows four in ten. In the middle the server is
   * killed: the run fails in that step, and goes on from the step before once the server is back.
   */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aRunLearnsAndOutlivesItsServer(int staleness) throws Exception {
    Path model = folder.resolve("model");
    teach(model);
    Path data = Files.write(folder.resolve("sums.jsonl"), sums());
    try (SkyrlServer server = SkyrlServer.start(model, folder.resolve("server"))) {
      RunHandle handle =
          training.start(
              "arithmetic",
              Map.of(
                  "model",
                  model.toString(),
                  "data",
                  data.toString(),
                  "policy.url",
                  server.url(),
                  "staleness",
                  Integer.toString(staleness)),
              SmallRun.atStep(
                  5, run -> new Thread(() -> killInStepSix(server, run), "killer").start()));
      UserException e = assertThrows(UserException.class, handle::await);
      assertTrue(e.getMessage().contains("does not answer"), e.getMessage());
      RunSummary failed = training.run(handle.id());
      assertEquals(RunState.FAILED, failed.state());
      assertEquals(5, RunFiles.of(failed).checkpointStep(), "what the dead server cost");
      server.restart();
      RunSummary run = training.resume(handle.id(), progress -> {}).await();
      assertEquals(RunState.FINISHED, run.state(), run.message());
      List<JsonObject> metrics = RunFiles.of(run).steps();
      List<Double> rewards = figures(metrics, "reward.scratch");
      Files.writeString(
          here().resolve("target/skyrl-run-%d.txt".formatted(staleness)),
          "rewards %s%nstaleness %s%ngaps %s%n"
              .formatted(rewards, figures(metrics, "staleness"), figures(metrics, "logProbGap")));
      assertEquals(20, rewards.size());
      double first = mean(rewards.subList(0, 3));
      double last = mean(rewards.subList(17, 20));
      assertTrue(last > first + 0.1, "reward went from %s to %s".formatted(first, last));
      List<Double> lags = figures(metrics, "staleness");
      assertEquals(staleness == 0 ? 0 : 20, lags.size());
      assertTrue(lags.stream().skip(1).allMatch(lag -> lag == 1), lags.toString());
      assertTrue(figures(metrics, "logProbGap").stream().skip(1).allMatch(gap -> gap > 0));
    }
  }

  /** The listener hears of step 5 before its checkpoint is written. */
  private void killInStepSix(SkyrlServer server, String run) {
    try {
      Path checkpoint = training.run(run).folder().resolve("checkpoint.json");
      while (!Files.exists(checkpoint) || !Files.readString(checkpoint).contains("step-000005")) {
        Thread.sleep(10);
      }
      server.kill();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder {@code integration-tests}. */
  private static Path here() {
    return Path.of(System.getProperty("lanpo.home")).resolveSibling("integration-tests");
  }

  private static List<Double> figures(List<JsonObject> metrics, String name) {
    return metrics.stream()
        .filter(line -> line.has(name))
        .map(line -> line.get(name).getAsDouble())
        .toList();
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(v -> v).average().orElseThrow();
  }

  private Settings settings(Map<String, String> values) {
    return Settings.of("test", remote.settings(), values);
  }

  /** The server computes in the type of the weights; half precision would say less. */
  private Path inFullPrecision(String name) throws IOException {
    Path fixture = here().resolve("peers/fixtures").resolve(name);
    Path copy = Files.createDirectories(folder.resolve(name));
    try (Stream<Path> files = Files.list(fixture)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    Path config = copy.resolve("config.json");
    Files.writeString(config, Files.readString(config).replace("\"float16\"", "\"float32\""));
    return copy;
  }

  private static List<Sequence> sequences() {
    Random random = new Random(11);
    List<Sequence> sequences = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      int[] prompt = random.ints(1 + 3L * i, 3, 96).toArray();
      int[] completion = random.ints(2 + 2L * i, 3, 96).toArray();
      sequences.add(new Sequence(prompt, completion));
    }
    return sequences;
  }

  private static List<LossTerm> batch(List<Sequence> sequences, List<float[]> scores) {
    Random random = new Random(12);
    List<TrainingExample> surrogate = new ArrayList<>();
    List<TrainingExample> supervised = new ArrayList<>();
    for (int i = 0; i < sequences.size(); i++) {
      int length = sequences.get(i).completion().length;
      float[] scale = new float[length];
      Arrays.fill(scale, 1f / 40);
      float[] advantages = new float[length];
      Arrays.fill(advantages, (float) random.nextGaussian());
      float[] sampling = scores.get(i).clone();
      for (int t = 0; t < length; t++) {
        sampling[t] += (float) random.nextGaussian() / 4;
      }
      boolean on = i == 2; // as if the current policy had sampled it
      surrogate.add(
          new TrainingExample(
              sequences.get(i), scale, advantages, on ? new float[0] : sampling, new float[0]));
      supervised.add(TrainingExample.supervised(sequences.get(i), scale));
    }
    return List.of(
        new LossTerm("policy-gradient", new Loss.ClippedSurrogate(0.2, 0.28, 0, 1), surrogate),
        new LossTerm("replay", new Loss.CrossEntropy(), supervised));
  }

  /** A tiny Llama that answers four sums in ten rightly and the others at random. */
  private void teach(Path model) {
    List<String> words = new ArrayList<>(List.of("problem", ":", "solution", "+"));
    for (int digit = 0; digit < DIGITS; digit++) {
      words.add(Integer.toString(digit));
    }
    words.addAll(List.of("attempt", "review", "lesson", "right_", "wrong", "principle", "pitfall"));
    words.add(".");
    Tokenizer tokenizer = tokenizers.ofWords(words);
    Settings shape =
        Settings.of(
            "test",
            local.settings(),
            Map.of("family", "llama", "width", "32", "layers", "2", "ffn", "64", "context", "128"));
    Random random = new Random(5);
    try (Policy policy = local.create(shape, tokenizer, 5)) {
      AdamW optimizer = new AdamW(3e-3, 0.9, 0.99, 1e-8, 0, 1);
      for (int step = 0; step < 300; step++) {
        List<TrainingExample> examples = new ArrayList<>();
        for (int a = 0; a < 5; a++) {
          for (int b = 0; b < 5; b++) {
            int answer = random.nextDouble() < 0.4 ? a + b : random.nextInt(DIGITS);
            examples.add(example(tokenizer, a, b, answer));
          }
        }
        policy.update(List.of(new LossTerm("sums", new Loss.CrossEntropy(), examples)), optimizer);
      }
      policy.save(model);
    }
  }

  private static TrainingExample example(Tokenizer tokenizer, int a, int b, int answer) {
    int[] prompt =
        tokenizer.encode(new Prompt.Plain("problem : %d + %d solution :".formatted(a, b)));
    int[] completion = {tokenizer.encode(Integer.toString(answer))[0], tokenizer.endToken()};
    return TrainingExample.supervised(
        new Sequence(prompt, completion), new float[] {1f / 50, 1f / 50});
  }

  private static List<String> sums() {
    List<String> lines = new ArrayList<>();
    for (int a = 0; a < 5; a++) {
      for (int b = 0; b < 5; b++) {
        lines.add(
            "{\"id\": \"p%d%d\", \"problem\": \"%d + %d\", \"answer\": \"%d\"}"
                .formatted(a, b, a, b, a + b));
      }
    }
    return lines;
  }
}
