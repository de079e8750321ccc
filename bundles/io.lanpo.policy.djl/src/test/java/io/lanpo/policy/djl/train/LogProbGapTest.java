package io.lanpo.policy.djl.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.policy.Completion;
import io.lanpo.api.policy.GenerationRequest;
import io.lanpo.api.policy.Loss;
import io.lanpo.api.policy.LossTerm;
import io.lanpo.api.policy.Sampling;
import io.lanpo.api.policy.Sequence;
import io.lanpo.api.policy.TermReport;
import io.lanpo.api.policy.TrainingExample;
import io.lanpo.policy.djl.fixture.Oracle;
import io.lanpo.policy.djl.fixture.TinyDecoders;
import io.lanpo.policy.djl.generate.Generator;
import io.lanpo.policy.djl.model.DecoderShape;
import io.lanpo.policy.djl.network.MatmulKind;
import io.lanpo.policy.djl.network.Network;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How far the log-probabilities of sampling and of the update are apart while the weights are the
 * same.
 *
 * <p>In bf16 both round at the same places, but add up in another order: now and then a sum falls
 * on the other side of the middle between two numbers of bf16, which are 2⁻⁷ of their size apart. A
 * logit of size m that does so moves by up to 2⁻⁷·m, and so may the logarithm of the sum over all
 * of them. What is rounded before, a few products in each block, reaches the logits in the same
 * measure. Hence at the most 2 · (1 + blocks) · 2⁻⁷ · m, and on average half of what a single logit
 * moves by, as few tokens are hit at all. In f32 the same is true with 2⁻²³, of which there are as
 * many as a sum has terms.
 */
class LogProbGapTest {
  private static final double BF16 = 0x1p-7;

  static List<Arguments> kinds() {
    return TinyDecoders.withHalfPrecision();
  }

  static Stream<DecoderShape> shapes() {
    return TinyDecoders.all().stream();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void inBf16ItIsThatOfAFewRoundings(DecoderShape shape, MatmulKind kind, @TempDir Path folder) {
    try (Network network = TinyDecoders.halfNetwork(shape, 4, kind)) {
      double largest = largestLogit(network, folder);
      TermReport report = report(network);
      assertTrue(
          report.widestLogProbGap() <= 2 * (1 + shape.layers()) * BF16 * largest,
          "widest %s, logits up to %s".formatted(report.widestLogProbGap(), largest));
      assertTrue(
          report.logProbGap() <= .5 * BF16 * largest,
          "mean %s, logits up to %s".formatted(report.logProbGap(), largest));
      assertTrue(report.logProbGap() <= report.widestLogProbGap());
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void inF32ThereIsNextToNone(DecoderShape shape) {
    try (Network network = TinyDecoders.network(shape, 4)) {
      TermReport report = report(network);
      assertTrue(report.widestLogProbGap() < 1e-4, "widest " + report.widestLogProbGap());
      assertTrue(report.logProbGap() < 1e-5, "mean " + report.logProbGap());
      assertEquals(1, report.ratio(), 1e-4);
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void itIsTheDistanceFromWhatTheSamplingSaid(DecoderShape shape) {
    try (Network network = TinyDecoders.network(shape, 4);
        Trainer trainer = trainer(network)) {
      List<TrainingExample> examples = new ArrayList<>();
      for (TrainingExample example : examples(network)) {
        float[] moved = example.samplingLogProbs().clone();
        moved[0] += .5f;
        examples.add(
            new TrainingExample(
                example.sequence(), example.scale(), example.advantages(), moved, new float[0]));
      }
      int tokens = examples.stream().mapToInt(e -> e.scale().length).sum();
      TrainingExample unknown = examples.get(0);
      examples.add( // without a sampling: it does not count
          new TrainingExample(
              unknown.sequence(),
              unknown.scale(),
              unknown.advantages(),
              new float[0],
              new float[0]));
      TermReport report = trainer.gradient(List.of(term(examples))).get("pg");
      assertEquals(.5, report.widestLogProbGap(), 1e-3);
      assertEquals(.5 * (examples.size() - 1) / tokens, report.logProbGap(), 1e-3);
    }
  }

  private static TermReport report(Network network) {
    try (Trainer trainer = trainer(network)) {
      return trainer.gradient(List.of(term(examples(network)))).get("pg");
    }
  }

  private static Trainer trainer(Network network) {
    return new Trainer(network, TinyDecoders.ALONE, new OptimizerState(network), 60, false);
  }

  private static LossTerm term(List<TrainingExample> examples) {
    return new LossTerm("pg", new Loss.ClippedSurrogate(.2, .2, 0, 1), examples);
  }

  private static List<TrainingExample> examples(Network network) {
    int[] prompt = TinyDecoders.tokens(9, 2);
    return new Generator(network, TinyDecoders.ALONE, 16, 64, TinyDecoders.END)
        .generate(List.of(new GenerationRequest(prompt, 12, Sampling.at(1, 20), 3))).get(0).stream()
            .map(completion -> example(prompt, completion))
            .toList();
  }

  private static TrainingExample example(int[] prompt, Completion completion) {
    float[] ones = new float[completion.tokens().length];
    Arrays.fill(ones, .01f);
    return new TrainingExample(
        new Sequence(prompt, completion.tokens()), ones, ones, completion.logProbs(), new float[0]);
  }

  private static double largestLogit(Network network, Path folder) {
    try (Oracle oracle = Oracle.of(network, folder)) {
      float[] logits = oracle.logits(TinyDecoders.tokens(30, 2)).toFloatArray();
      return IntStream.range(0, logits.length)
          .mapToDouble(i -> Math.abs(logits[i]))
          .max()
          .orElse(0);
    }
  }
}
