package io.lanpo.policy.tinker.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.policy.Loss;
import io.lanpo.api.policy.LossTerm;
import io.lanpo.api.policy.Sequence;
import io.lanpo.api.policy.TokenLoss;
import io.lanpo.api.policy.TrainingExample;
import io.lanpo.policy.tinker.protocol.Datum;
import io.lanpo.policy.tinker.protocol.ServerLoss;
import io.lanpo.policy.tinker.train.UpdatePlan.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the server minimises is what we mean: its losses, written here as its source has them, give
 * our gradient with respect to every token's log-probability.
 */
final class UpdatePlanTest {
  private static final Loss.ClippedSurrogate SURROGATE = new Loss.ClippedSurrogate(0.2, 0.3, 0, 1);
  private static final double STEP = 1e-4;

  private final Random random = new Random(7);
  private final List<float[]> current = new ArrayList<>();

  @ParameterizedTest
  @EnumSource(Normalization.class)
  void theGradientIsOurs(Normalization normalization) {
    List<LossTerm> terms =
        List.of(
            new LossTerm("surrogate", SURROGATE, List.of(surrogate(3, true), surrogate(5, false))),
            new LossTerm("sft", new Loss.CrossEntropy(), List.of(supervised(2), supervised(4))),
            new LossTerm(
                "own",
                new Loss.Custom(UpdatePlanTest::slopes, 1),
                List.of(surrogate(3, true), supervised(4))));
    UpdatePlan plan = plan(terms, normalization);
    List<Item> items = plan.batches().values().stream().flatMap(List::stream).toList();
    assertEquals(6, items.size());
    for (Item item : items) {
      float[] logProbs = current.get(item.example().sequence().prompt()[0]);
      ServerLoss loss =
          plan.batches().entrySet().stream()
              .filter(e -> e.getValue().contains(item))
              .findFirst()
              .orElseThrow()
              .getKey();
      for (int i = 0; i < logProbs.length; i++) {
        double theirs =
            (server(loss, item, i, logProbs[i] + STEP) - server(loss, item, i, logProbs[i] - STEP))
                / (2 * STEP)
                * share(normalization, item, items.size());
        double ours =
            (own(item, i, logProbs[i] + STEP) - own(item, i, logProbs[i] - STEP)) / (2 * STEP);
        assertEquals(ours, theirs, 1e-4 * Math.max(1, Math.abs(ours)), loss.name());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"SUM, cross_entropy", "SEQUENCE_MEAN, cispo"})
  void unevenWeightsTakeAnotherWayWhereTheServerDividesByThem(
      Normalization normalization, String name) {
    List<LossTerm> terms =
        List.of(new LossTerm("sft", new Loss.CrossEntropy(), List.of(supervised(2))));
    assertEquals(name, plan(terms, normalization).batches().keySet().iterator().next().name());
  }

  @ParameterizedTest
  @EnumSource(Normalization.class)
  void evenWeightsAreTheServersOwnCrossEntropy(Normalization normalization) {
    Sequence sequence = new Sequence(new int[] {0, 1}, new int[] {2, 3});
    LossTerm term =
        new LossTerm(
            "sft",
            new Loss.CrossEntropy(),
            List.of(TrainingExample.supervised(sequence, new float[] {0.5f, 0.5f})));
    assertEquals(
        List.of(ServerLoss.CROSS_ENTROPY),
        List.copyOf(plan(List.of(term), normalization).batches().keySet()));
  }

  @ParameterizedTest
  @EnumSource(Objective.class)
  void clippingIsWhatTheServerCallsItsThresholds(Objective objective) {
    ServerLoss loss = objective.of(SURROGATE);
    assertEquals(objective.name().toLowerCase(Locale.ROOT), loss.name());
    Map<String, Double> expected =
        objective == Objective.IMPORTANCE_SAMPLING
            ? Map.of()
            : Map.of("clip_low_threshold", 0.8, "clip_high_threshold", 1.3);
    assertEquals(expected, loss.config());
  }

  @ParameterizedTest
  @EnumSource(Objective.class)
  void cispoIsCispoWhateverIsSet(Objective objective) {
    assertEquals("cispo", objective.of(SURROGATE.withForm(Loss.SurrogateForm.CISPO)).name());
  }

  /** Some of each sign. */
  private static List<TokenLoss.Outcome> slopes(
      List<TrainingExample> examples, List<float[]> logProbs) {
    List<TokenLoss.Outcome> outcomes = new ArrayList<>();
    for (float[] of : logProbs) {
      float[] slopes = new float[of.length];
      for (int i = 0; i < slopes.length; i++) {
        slopes[i] = i % 2 == 0 ? of[i] : 0.3f - of[i];
      }
      outcomes.add(new TokenLoss.Outcome(1, slopes));
    }
    return outcomes;
  }

  private UpdatePlan plan(List<LossTerm> terms, Normalization normalization) {
    return UpdatePlan.of(
        terms,
        Objective.PPO,
        normalization,
        unscored -> unscored.stream().map(s -> current.get(s.prompt()[0])).toList());
  }

  private TrainingExample surrogate(int tokens, boolean sampled) {
    float[] sampling = numbers(tokens, -2, -0.5f);
    TrainingExample example =
        new TrainingExample(
            sequence(tokens),
            numbers(tokens, 0.05f, 0.4f),
            numbers(tokens, -1, 1),
            sampled ? sampling : new float[0],
            new float[0]);
    float[] now = sampling.clone();
    for (int i = 0; i < tokens && sampled; i++) {
      now[i] += (float) random.nextGaussian() / 2;
    }
    current.add(now);
    return example;
  }

  private TrainingExample supervised(int tokens) {
    TrainingExample example =
        TrainingExample.supervised(sequence(tokens), numbers(tokens, 0.05f, 0.4f));
    current.add(numbers(tokens, -2, -0.5f));
    return example;
  }

  /** The first prompt token tells which it is. */
  private Sequence sequence(int tokens) {
    return new Sequence(new int[] {current.size(), 9}, new int[tokens]);
  }

  private float[] numbers(int count, float from, float to) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = from + random.nextFloat() * (to - from);
    }
    return numbers;
  }

  /** A token's loss, without the weight that is one. */
  private static double server(ServerLoss loss, Item item, int i, double logProb) {
    Datum datum = item.datum();
    if (loss.name().equals("cross_entropy")) {
      return -datum.weights()[i] * logProb;
    }
    double ratio = Math.exp(logProb - datum.logProbs()[i]);
    double low = loss.config().getOrDefault("clip_low_threshold", 0.0);
    double high = loss.config().getOrDefault("clip_high_threshold", 1e9);
    double clipped = Math.min(Math.max(ratio, low), high);
    double advantage = datum.advantages()[i];
    if (loss.name().equals("cispo")) {
      assertTrue(low == 1 && high == 1);
      return -clipped * logProb * advantage;
    }
    return -Math.min(ratio * advantage, clipped * advantage);
  }

  /** What the server makes of a token's loss. */
  private static double share(Normalization normalization, Item item, int sequences) {
    return normalization == Normalization.SUM
        ? 1
        : 1.0 / (item.datum().weights().length * sequences);
  }

  private static double own(Item item, int i, double logProb) {
    TrainingExample example = item.example();
    if (item.outcome() != null) {
      return item.outcome().slopes()[i] * logProb;
    }
    if (item.loss() instanceof Loss.CrossEntropy) {
      return -example.scale()[i] * logProb;
    }
    double ratio = Math.exp(logProb - item.sampling()[i]);
    double clipped = Math.min(Math.max(ratio, 0.8), 1.3);
    double advantage = example.advantages()[i];
    return -example.scale()[i] * Math.min(ratio * advantage, clipped * advantage);
  }
}
