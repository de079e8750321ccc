package io.lanpo.policy.tinker;

import io.lanpo.api.component.Settings;
import io.lanpo.api.policy.AdamW;
import io.lanpo.api.policy.Completion;
import io.lanpo.api.policy.GenerationRequest;
import io.lanpo.api.policy.Loss;
import io.lanpo.api.policy.LossTerm;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.Sampling;
import io.lanpo.api.policy.Sequence;
import io.lanpo.api.policy.TrainingExample;
import io.lanpo.api.policy.UpdateReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Everything that a run asks of a policy, once; the same calls give the same requests. */
final class Scenario {
  static final int VOCABULARY = 96;

  /** Clipping far away, so that the order of the results says all. */
  static final AdamW OPTIMIZER = new AdamW(0.01, 0.9, 0.999, 1e-8, 0, Double.POSITIVE_INFINITY);

  /** The beginning of a prompt that transformers scored, see the fixture's reference.json. */
  static final Sequence FIRST = new Sequence(new int[] {83}, new int[] {48, 21, 70});

  static final Sequence SECOND = new Sequence(new int[] {7, 11, 13}, new int[] {17, 2});

  private Scenario() {}

  /** What came of it. */
  record Outcome(
      List<float[]> before,
      List<List<Completion>> sampled,
      UpdateReport report,
      List<float[]> after,
      List<float[]> restored,
      long version) {}

  /** Settings under which the order of requests is always the same. */
  static Settings settings(Map<String, String> more) {
    Map<String, String> values =
        new HashMap<>(Map.of("lora.rank", "4", "in-flight", "1", "heartbeat", "3600"));
    values.putAll(more);
    return Settings.of("test", TinkerSettings.all(), values);
  }

  static TinkerPolicyBackend backend() {
    AtomicInteger names = new AtomicInteger();
    return new TinkerPolicyBackend(
        NumberTokens.service(VOCABULARY), name -> null, () -> "saved-" + names.incrementAndGet());
  }

  static Outcome run(Settings settings, Path model, Path work) {
    TinkerPolicyBackend backend = backend();
    List<Sequence> sequences = List.of(FIRST, SECOND);
    Path saved = work.resolve("checkpoint");
    List<float[]> before;
    List<List<Completion>> sampled;
    UpdateReport report;
    List<float[]> after;
    try (Policy policy = backend.open(model, settings)) {
      before = policy.logProbs(sequences, 1);
      Sampling sampling = new Sampling(1, 5, 0.9, 0, 4, List.of());
      sampled =
          policy.generate(
              List.of(
                  new GenerationRequest(new int[] {5, 83}, 2, sampling, 1L << 40),
                  new GenerationRequest(new int[] {7}, 1, Sampling.at(0, 3), 3)));
      report = policy.update(terms(before), OPTIMIZER);
      after = policy.logProbs(sequences, 1);
      policy.save(saved);
      policy.resetOptimizer();
    }
    try (Policy policy = backend.open(saved, settings)) {
      return new Outcome(
          before, sampled, report, after, policy.logProbs(sequences, 1), policy.version());
    }
  }

  /** A surrogate, with sampling log-probabilities and without, and uneven cross-entropy. */
  static List<LossTerm> terms(List<float[]> sampling) {
    List<TrainingExample> surrogate = new ArrayList<>();
    surrogate.add(
        new TrainingExample(
            FIRST,
            new float[] {0.1f, 0.1f, 0.1f},
            new float[] {1, 1, 1},
            shifted(sampling.get(0)),
            new float[0]));
    surrogate.add(
        new TrainingExample(
            SECOND, new float[] {0.2f, 0.2f}, new float[] {-1, -1}, new float[0], new float[0]));
    List<TrainingExample> supervised =
        List.of(TrainingExample.supervised(SECOND, new float[] {0.3f, 0.1f}));
    return List.of(
        new LossTerm("policy-gradient", new Loss.ClippedSurrogate(0.2, 0.3, 0, 1), surrogate),
        new LossTerm("replay", new Loss.CrossEntropy(), supervised));
  }

  /** As if another policy had sampled it: the first ratio is clipped, the last is not. */
  private static float[] shifted(float[] logProbs) {
    return new float[] {logProbs[0] - 0.5f, logProbs[1], logProbs[2] + 0.5f};
  }
}
