package io.lanpo.policy.djl.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.AdamW;
import io.lanpo.api.policy.Loss;
import io.lanpo.api.policy.LossTerm;
import io.lanpo.api.policy.Sequence;
import io.lanpo.api.policy.TermReport;
import io.lanpo.api.policy.TokenLoss;
import io.lanpo.api.policy.TrainingExample;
import io.lanpo.policy.djl.batch.LogProbScorer;
import io.lanpo.policy.djl.fixture.TinyDecoders;
import io.lanpo.policy.djl.network.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A loss that comes as a function is learned like one that the script has. */
class CustomLossTest {
  private static final AdamW STEP = new AdamW(1e-2, .9, .95, 1e-8, .01, 1);
  private static final double TEMPERATURE = .8;

  /** Policy gradient without bounds, by its slopes. */
  private static final TokenLoss GRADIENT =
      (examples, logProbs) -> {
        List<TokenLoss.Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < examples.size(); i++) {
          TrainingExample example = examples.get(i);
          float[] slopes = new float[logProbs.get(i).length];
          double loss = 0;
          for (int t = 0; t < slopes.length; t++) {
            double ratio = Math.exp((double) logProbs.get(i)[t] - example.samplingLogProbs()[t]);
            slopes[t] = (float) (-example.scale()[t] * ratio * example.advantages()[t]);
            loss += slopes[t];
          }
          outcomes.add(new TokenLoss.Outcome(loss, slopes, 1, 0));
        }
        return outcomes;
      };

  private static List<TrainingExample> examples(Network network) {
    Random random = new Random(3);
    List<Sequence> sequences = TinyDecoders.sequences();
    List<float[]> now =
        new LogProbScorer(network, TinyDecoders.ALONE, 4096).logProbs(sequences, TEMPERATURE);
    List<TrainingExample> examples = new ArrayList<>();
    for (int i = 0; i < sequences.size(); i++) {
      float[] sampling = now.get(i).clone();
      float[] scale = new float[sampling.length];
      float[] advantages = new float[sampling.length];
      for (int t = 0; t < sampling.length; t++) {
        sampling[t] += (float) (.3 * random.nextGaussian());
        scale[t] = .05f + .01f * t;
        advantages[t] = (float) random.nextGaussian();
      }
      examples.add(
          new TrainingExample(sequences.get(i), scale, advantages, sampling, new float[0]));
    }
    return examples;
  }

  private static LossTerm custom(TokenLoss loss, List<TrainingExample> examples) {
    return new LossTerm("own", new Loss.Custom(loss, TEMPERATURE), examples);
  }

  @Test
  void aFunctionHasTheGradientOfTheFormula() {
    for (int budget : new int[] {20, 4096}) {
      try (Network network = TinyDecoders.network(TinyDecoders.llama(), 1)) {
        Trainer trainer =
            new Trainer(network, TinyDecoders.ALONE, new OptimizerState(network), budget, false);
        List<TrainingExample> examples = examples(network);
        LossTerm unbounded =
            new LossTerm("pg", new Loss.ClippedSurrogate(1, 1e6, 0, TEMPERATURE), examples);
        TermReport expected = trainer.gradient(List.of(unbounded)).get("pg");
        float[] wanted = trainer.gradient().toFloatArray();
        TermReport report = trainer.gradient(List.of(custom(GRADIENT, examples))).get("own");
        float[] found = trainer.gradient().toFloatArray();
        double largest = 0;
        for (float g : wanted) {
          largest = Math.max(largest, Math.abs(g));
        }
        assertArrayEquals(wanted, found, (float) (1e-5 * largest));
        assertEquals(expected.loss(), report.loss(), 1e-5);
        assertEquals(expected.ratio(), report.ratio(), 1e-5);
        assertEquals(expected.logProbGap(), report.logProbGap(), 1e-5);
        assertEquals((double) examples.size() / report.tokens(), report.clippedLowShare(), 1e-9);
        assertEquals(0, report.clippedHighShare());
      }
    }
  }

  /** What it is told are the log-probabilities under the weights that it changes. */
  @Test
  void itIsAskedAgainInEachUpdate() {
    try (Network network = TinyDecoders.network(TinyDecoders.llama(), 1)) {
      Trainer trainer =
          new Trainer(network, TinyDecoders.ALONE, new OptimizerState(network), 60, false);
      LogProbScorer scorer = new LogProbScorer(network, TinyDecoders.ALONE, 60);
      List<TrainingExample> examples = examples(network);
      List<List<float[]>> told = new ArrayList<>();
      TokenLoss listening =
          (of, logProbs) -> {
            told.add(logProbs);
            return GRADIENT.of(of, logProbs);
          };
      for (int i = 0; i < 2; i++) {
        List<float[]> before = scorer.logProbs(TinyDecoders.sequences(), TEMPERATURE);
        trainer.update(List.of(custom(listening, examples)), STEP);
        for (int j = 0; j < before.size(); j++) {
          assertArrayEquals(before.get(j), told.get(i).get(j));
        }
      }
    }
  }

  @Test
  void whatCannotBeLearnedFromIsRefusedByName() {
    try (Network network = TinyDecoders.network(TinyDecoders.llama(), 1)) {
      Trainer trainer =
          new Trainer(network, TinyDecoders.ALONE, new OptimizerState(network), 60, false);
      List<TrainingExample> examples = examples(network);
      float[] before = network.weights().toFloatArray();
      Map<String, TokenLoss> bad =
          Map.of(
              "gave 0 outcomes for 5 examples",
              (of, logProbs) -> List.of(),
              "gave 2 slopes for 4 tokens, for example 0",
              (of, logProbs) -> outcomes(logProbs, 0, 2),
              "gave the loss NaN, for example 0",
              (of, logProbs) -> outcomes(logProbs, Double.NaN, 0),
              "failed: java.lang.IllegalStateException: no weights",
              (of, logProbs) -> {
                throw new IllegalStateException("no weights");
              },
              "gave the slope NaN at token 1, for example 0",
              (of, logProbs) -> {
                List<TokenLoss.Outcome> outcomes = outcomes(logProbs, 0, 0);
                outcomes.get(0).slopes()[1] = Float.NaN;
                return outcomes;
              });
      bad.forEach(
          (why, loss) -> {
            UserException e =
                assertThrows(
                    UserException.class,
                    () -> trainer.update(List.of(custom(loss, examples)), STEP));
            assertTrue(e.getMessage().startsWith("the loss of the term own ("), e.getMessage());
            assertTrue(e.getMessage().endsWith(") " + why), e.getMessage());
          });
      assertArrayEquals(before, network.weights().toFloatArray());
    }
  }

  private static List<TokenLoss.Outcome> outcomes(List<float[]> logProbs, double loss, int length) {
    List<TokenLoss.Outcome> outcomes = new ArrayList<>();
    for (float[] of : logProbs) {
      outcomes.add(new TokenLoss.Outcome(loss, new float[length == 0 ? of.length : length]));
    }
    return outcomes;
  }
}
