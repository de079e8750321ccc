package io.lanpo.objective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.objective.Explanation;
import io.lanpo.api.objective.JudgedCompletion;
import io.lanpo.api.objective.JudgedGroup;
import io.lanpo.api.objective.JudgedStep;
import io.lanpo.api.objective.Means;
import io.lanpo.api.objective.Objective;
import io.lanpo.api.objective.Updates;
import io.lanpo.api.policy.Loss;
import io.lanpo.api.policy.LossTerm;
import io.lanpo.api.policy.Sampling;
import io.lanpo.api.policy.TokenLoss;
import io.lanpo.api.policy.Tokenizer;
import io.lanpo.api.policy.TrainingExample;
import io.lanpo.api.task.Prompt;
import io.lanpo.api.task.Question;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SurrogateLearningTest {
  private static final Means MEANS = new FakeMeans();
  private static final Tokenizer TOKENIZER = MEANS.tokenizer();
  private static final Prompt POSED = new Prompt.Plain("what is it ?");
  private static final String SOLUTION = "answer 7";

  @ParameterizedTest
  @CsvSource({"token-mean, 20", "sequence-mean, 20", "constant, 28"})
  void anAggregationIsANormaliser(String aggregation, double denominator) {
    // 4 completions of 5 tokens each: token-mean divides by 20, sequence-mean by 4·5, constant by
    // 4·7
    List<List<LossTerm>> updates =
        build(
            Map.of("aggregation", aggregation, "constant-length", "7"),
            plain(1, 1.5),
            plain(1, -0.5),
            plain(0, 0),
            plain(0, -1));
    List<TrainingExample> examples = updates.get(0).get(0).examples();
    assertEquals(3, examples.size(), "an advantage of zero adds nothing");
    for (TrainingExample example : examples) {
      assertEquals(5, example.scale().length);
      for (float scale : example.scale()) {
        assertEquals(1 / denominator, scale, 1e-8);
      }
      assertEquals(5, example.samplingLogProbs().length);
    }
    double[] advantages = examples.stream().mapToDouble(e -> e.advantages()[0]).sorted().toArray();
    assertArrayEquals(new double[] {-1, -0.5, 1.5}, advantages, 1e-7);
  }

  /** As in the trainers of the field: the penalty holds whatever the advantage. */
  @Test
  void aKlPenaltyKeepsCompletionsWithoutAdvantage() {
    Judged[] alike = {plain(1, 0), plain(1, 0), reviewed(1, 0), unscored()};
    assertTrue(build(Map.of(), alike).isEmpty(), "without one there is nothing to learn");
    List<TrainingExample> examples = build(Map.of("kl", "0.1"), alike).get(0).get(0).examples();
    assertEquals(3, examples.size(), "what has no score takes no part");
    for (TrainingExample example : examples) {
      assertEquals(5, example.referenceLogProbs().length);
      assertEquals(0f, example.advantages()[0]);
    }
    assertEquals(
        2,
        build(Map.of("kl", "0.1", "feedback-weight", "0"), alike).get(0).get(0).examples().size(),
        "what is not learned under its own prompt is not penalised there");
  }

  @Test
  void contextDistillationTrainsSuccessUnderThePlainPrompt() {
    List<List<LossTerm>> updates =
        build(
            Map.of("distillation", "0.5", "feedback-weight", "0"),
            reviewed(1, 2),
            reviewed(0, -2),
            plain(0, 0),
            plain(0, 0));
    List<TrainingExample> examples = updates.get(0).get(0).examples();
    assertEquals(1, examples.size());
    TrainingExample distilled = examples.get(0);
    int[] plainPrompt = TOKENIZER.encode(POSED);
    assertArrayEquals(plainPrompt, distilled.sequence().prompt());
    int[] solution = TOKENIZER.encode(SOLUTION);
    int[] ended = Arrays.copyOf(solution, solution.length + 1);
    ended[solution.length] = TOKENIZER.endToken();
    assertArrayEquals(ended, distilled.sequence().completion());
    assertEquals(0, distilled.samplingLogProbs().length, "its ratio is one by definition");
    assertEquals(1f, distilled.advantages()[0], 1e-7);
  }

  @Test
  void feedbackCompletionsAlsoTeachUnderTheirOwnPrompt() {
    List<List<LossTerm>> updates =
        build(Map.of("feedback-weight", "0.25"), reviewed(1, 2), plain(0, -2));
    List<TrainingExample> examples = updates.get(0).get(0).examples();
    assertEquals(2, examples.size());
    assertTrue(examples.stream().anyMatch(e -> Math.abs(e.advantages()[0] - 0.5) < 1e-7));
  }

  @Test
  void replayIsAWeightedMeanOverTokens() {
    List<List<LossTerm>> updates =
        build(Map.of("replay", "6", "replay-weight", "0.2"), plain(1, 1));
    LossTerm replay = updates.get(0).get(1);
    assertEquals("replay", replay.name());
    assertEquals(6, replay.examples().size());
    double sum = 0;
    for (TrainingExample example : replay.examples()) {
      for (float scale : example.scale()) {
        sum += scale;
      }
    }
    assertEquals(0.2, sum, 1e-5);
  }

  /** An update that has none replays none; over the epochs of a step they are not repeated. */
  @Test
  void replayIsDividedAmongTheUpdatesOfAStep() {
    Judged[] four = {plain(1, 1), plain(0, -1), plain(1, 1), plain(0, -1)};
    assertEquals(List.of(0, 1, 1, 1), replayed(Map.of("mini-batches", "4", "epochs", "1"), four));
    assertEquals(List.of(1, 2), replayed(Map.of("mini-batches", "1", "epochs", "2"), four));
  }

  private static List<Integer> replayed(Map<String, String> values, Judged... judged) {
    Map<String, String> all = new HashMap<>(values);
    all.put("replay", "3");
    return build(all, judged).stream()
        .map(terms -> terms.size() == 1 ? 0 : terms.get(1).examples().size())
        .toList();
  }

  /** With two of four the mean is over two, and what a broken verifier cost is no shrinkage. */
  @ParameterizedTest
  @CsvSource({"token-mean, 10", "sequence-mean, 10", "constant, 14"})
  void whatHasNoScoreIsNotAveragedOver(String aggregation, double denominator) {
    List<TrainingExample> examples =
        build(
                Map.of("aggregation", aggregation, "constant-length", "7"),
                plain(1, 1),
                unscored(),
                plain(0, -1),
                unscored())
            .get(0)
            .get(0)
            .examples();
    assertEquals(2, examples.size());
    examples.forEach(e -> assertEquals(1 / denominator, e.scale()[0], 1e-8));
  }

  @Test
  void aStepIsDividedUnlessThereIsTooLittleToTeach() {
    Judged[] three = {plain(1, 1), plain(0, -1), plain(1, 1)};
    assertEquals(2, build(Map.of("mini-batches", "2"), three).size());
    assertEquals(3, build(Map.of("mini-batches", "8"), three).size(), "none is empty");
    assertEquals(1, build(Map.of("mini-batches", "2", "least-to-split", "4"), three).size());
  }

  @Test
  void miniBatchesDivideTheCompletionsAmongThem() {
    Judged[] twenty = new Judged[20];
    for (int i = 0; i < 20; i++) {
      twenty[i] = plain(i % 2, i % 2 == 0 ? -1 : 1);
    }
    List<List<LossTerm>> updates = build(Map.of("mini-batches", "2"), twenty);
    assertEquals(2, updates.size());
    double total =
        updates.stream()
            .flatMap(u -> u.get(0).examples().stream())
            .mapToDouble(e -> e.scale()[0])
            .sum();
    assertEquals(20 * (1 / 50.0), total, 1e-6, "token-mean: 100 tokens, 50 in each mini-batch");
    assertEquals(10, updates.get(0).get(0).examples().size());
  }

  @Test
  void aPresetIsOtherDefaults() {
    Loss.ClippedSurrogate dapo = assertInstanceOf(Loss.ClippedSurrogate.class, loss(new Dapo()));
    assertEquals(0.28, dapo.clipHigh());
    Loss.ClippedSurrogate grpo = assertInstanceOf(Loss.ClippedSurrogate.class, loss(new Grpo()));
    assertEquals(0.2, grpo.clipHigh());
    Loss.ClippedSurrogate cispo = assertInstanceOf(Loss.ClippedSurrogate.class, loss(new Cispo()));
    assertEquals(Loss.SurrogateForm.CISPO, cispo.form());
    assertInstanceOf(Loss.Custom.class, loss(new Gspo()));
    for (Objective preset : List.of(new DrGrpo(), new Rloo(), new ReinforcePlusPlus())) {
      assertEquals(Options.DECLARED.size(), preset.settings().size());
      assertInstanceOf(Loss.ClippedSurrogate.class, loss(preset));
    }
  }

  /** One ratio a completion, and a penalty and a bonus for each of its tokens. */
  @Test
  void aSequenceRatioHasAPenaltyAndABonusToo() {
    List<LossTerm> terms =
        build(new Gspo(), Map.of("kl", "0.1", "kl-estimator", "k2", "entropy", "0.01"), plain(1, 1))
            .terms()
            .get(0);
    assertEquals(
        List.of("policy-gradient", "entropy"), terms.stream().map(LossTerm::name).toList());
    Loss.Custom ratio = assertInstanceOf(Loss.Custom.class, terms.get(0).loss());
    float[] now = {-1, -1.5f, -1, -0.5f, -1};
    double loss =
        ratio.outcomes("gspo", terms.get(0).examples(), List.of(now)).stream()
            .mapToDouble(TokenLoss.Outcome::loss)
            .sum();
    // the ratio is one; the reference gives each token −1, so two of five are half a nat away
    assertEquals(-1 + 0.1 * 2 * 0.125 / 5, loss, 1e-6);
    Loss.ClippedSurrogate bonus =
        assertInstanceOf(Loss.ClippedSurrogate.class, terms.get(1).loss());
    assertEquals(0.01, bonus.entropyCoefficient());
    TrainingExample whole = terms.get(1).examples().get(0);
    assertArrayEquals(new float[5], whole.advantages());
    assertArrayEquals(terms.get(0).examples().get(0).scale(), whole.scale());
    assertEquals(1, build(new Gspo(), Map.of(), plain(1, 1)).terms().get(0).size());
  }

  /**
   * The second of two completions is five tokens of half a nat away from the reference: its reward
   * falls by 0.1 · 5 · k1, from 1 to 0.75, and the other's stays.
   */
  @Test
  void aKlPenaltyInTheRewardMovesTheAdvantages() {
    Judged near = plain(1, 0);
    Judged far = new Judged(sampledAt(-0.5f), 0);
    Map<String, String> values = Map.of("kl", "0.1", "kl-in", "reward", "kl-estimator", "k1");
    Updates updates = build(new DrGrpo(), values, near, far);
    List<TrainingExample> examples = updates.terms().get(0).get(0).examples();
    assertArrayEquals(
        new double[] {-0.125, 0.125},
        examples.stream().mapToDouble(e -> e.advantages()[0]).sorted().toArray(),
        1e-6);
    assertEquals(0.125, updates.figures().get("klPenalty").doubleValue(), 1e-6);
    assertEquals(0.125, updates.figures().get("advantageShift").doubleValue(), 1e-6);
    Loss.ClippedSurrogate loss =
        assertInstanceOf(Loss.ClippedSurrogate.class, updates.terms().get(0).get(0).loss());
    assertEquals(0, loss.klCoefficient(), "it is not in the loss, too");
    assertEquals(0, examples.get(0).referenceLogProbs().length);
  }

  private static JudgedCompletion sampledAt(float logProb) {
    return new JudgedCompletion(
        FeedbackMode.SCRATCH,
        List.of(),
        new int[] {1, 3, 4},
        new int[] {5, 6, 7, 8, 2},
        new float[] {logProb, logProb, logProb, logProb, logProb},
        true,
        Optional.of(SOLUTION),
        OptionalDouble.of(1),
        true,
        new Explanation("test"));
  }

  /** As far as its paper is published: half the weight of what failed, no addition of ours. */
  @Test
  void theObjectiveOfThePaperLearnsUnderThePromptWithFeedbackAlone() {
    LanpoPaper paper = new LanpoPaper();
    Settings own = Settings.defaults(paper.settings());
    JudgedGroup group =
        new JudgedGroup(
            new Question("q", "what is it ?"),
            POSED,
            List.of(reviewed(1, 0).completion(), reviewed(0, 0).completion()));
    double[] advantages = paper.open(own).advantages(List.of(group)).get(0);
    assertTrue(advantages[0] > 0);
    assertEquals(-advantages[0] / 2, advantages[1], 1e-12);
    List<TrainingExample> examples =
        build(paper, Map.of(), reviewed(1, 1), reviewed(0, -0.5)).terms().get(0).get(0).examples();
    assertEquals(2, examples.size(), "neither is learned under the plain prompt, too");
    for (TrainingExample example : examples) {
      assertArrayEquals(new int[] {1, 3, 4}, example.sequence().prompt());
    }
  }

  private static Loss loss(Objective preset) {
    return build(preset, Map.of(), plain(1, 1), plain(0, -1)).terms().get(0).get(0).loss();
  }

  @Test
  void whatWasCutOffCanBeLeftOut() {
    Judged cut = new Judged(completion(FeedbackMode.SCRATCH, OptionalDouble.of(0), false), -1);
    assertEquals(2, examples(new Lanpo(), plain(1, 1), cut));
    assertEquals(1, examples(new Dapo(), plain(1, 1), cut));
  }

  private static int examples(Objective preset, Judged... judged) {
    return build(preset, Map.of(), judged).terms().get(0).get(0).examples().size();
  }

  @Test
  void nothingToLearnIsSaid() {
    assertTrue(build(new Lanpo(), Map.of(), plain(1, 0), plain(1, 0)).idle());
  }

  @Test
  void whatContradictsItselfIsRefused() {
    for (Map<String, String> values :
        List.of(
            Map.of("surrogate", "cispo", "dual-clip", "3"),
            Map.of("kl-in", "reward"),
            Map.of("reference-refresh", "5"),
            Map.of("importance-cap", "0"),
            Map.of("dual-clip", "0.5"))) {
      Objective objective = new Lanpo();
      Settings settings = Settings.of("test", objective.settings(), values);
      String message =
          String.valueOf(
              assertThrows(UserException.class, () -> objective.open(settings), values.toString())
                  .getMessage());
      values.forEach((key, value) -> assertTrue(message.contains(key + " = " + value), message));
    }
  }

  /** A file may say how something is shaped that an experiment turns off. */
  @ParameterizedTest
  @CsvSource({
    "overlong-penalty, 2, overlong-buffer, 4",
    "constant-length, 20, aggregation, constant",
    "kl-estimator, k1, kl, 0.1",
    "least-to-split, 16, mini-batches, 2",
    "replay-weight, 0.5, replay, 4"
  })
  void whatIsSetInVainIsTold(String key, String value, String companion, String on) {
    assertEquals(List.of(), open(new Lanpo(), Map.of(key, value, companion, on)).unused());
    List<String> told = open(new Lanpo(), Map.of(key, value)).unused();
    assertEquals(1, told.size());
    assertTrue(told.get(0).startsWith(key + " = "), told.get(0));
    assertTrue(told.get(0).contains("without objective." + companion), told.get(0));
  }

  /** What an objective has by itself was not set. */
  @Test
  void presetsTellNothing() {
    for (Objective preset :
        List.of(
            new Lanpo(),
            new Grpo(),
            new DrGrpo(),
            new Rloo(),
            new Dapo(),
            new ReinforcePlusPlus(),
            new Cispo(),
            new Gspo())) {
      assertEquals(List.of(), open(preset, Map.of()).unused());
    }
    assertEquals(
        3,
        open(
                new Grpo(),
                Map.of(
                    "correction", "never",
                    "importance-level", "sequence",
                    "importance-form", "mask",
                    "importance-cap", "5"))
            .unused()
            .size());
  }

  private static Objective.Learning open(Objective objective, Map<String, String> values) {
    return objective.open(Settings.of("test", objective.settings(), values));
  }

  /** The last of five tokens that it was allowed: the reward has fallen by the factor. */
  @Test
  void aLongCompletionHasALowerAdvantage() {
    Objective objective = new DrGrpo();
    Settings settings =
        Settings.of(
            "test",
            objective.settings(),
            Map.of("overlong-buffer", "2", "overlong-penalty", "0.5"));
    Objective.Learning learning = objective.open(settings);
    JudgedGroup group =
        new JudgedGroup(
            new Question("q", "what is it ?"), POSED, List.of(allowed(5, 1), allowed(9, 1)));
    assertArrayEquals(new double[] {-0.25, 0.25}, learning.advantages(List.of(group)).get(0), 1e-9);
    Updates updates =
        learning.updates(
            new JudgedStep(1, List.of(group), List.of(new double[] {-0.25, 0.25})), MEANS);
    assertEquals(0.25, updates.figures().get("overlongPenalty"));
    learning.check(List.of(Sampling.at(1, 2), Sampling.at(1, 9)));
    UserException refusal =
        assertThrows(UserException.class, () -> learning.check(List.of(Sampling.at(1, 1))));
    assertTrue(String.valueOf(refusal.getMessage()).contains("objective.overlong-buffer = 2"));
  }

  private static JudgedCompletion allowed(int most, double reward) {
    return new JudgedCompletion(
        FeedbackMode.SCRATCH,
        List.of(),
        new int[] {1, 3, 4},
        new int[] {5, 6, 7, 8, 2},
        new float[] {-1, -1, -1, -1, -1},
        true,
        most,
        Optional.of(SOLUTION),
        OptionalDouble.of(reward),
        reward == 1,
        new Explanation("test"));
  }

  private record Judged(JudgedCompletion completion, double advantage) {}

  private static Judged plain(double reward, double advantage) {
    return new Judged(completion(FeedbackMode.SCRATCH, OptionalDouble.of(reward), true), advantage);
  }

  private static Judged reviewed(double reward, double advantage) {
    return new Judged(completion(FeedbackMode.REFLECT, OptionalDouble.of(reward), true), advantage);
  }

  private static Judged unscored() {
    return new Judged(completion(FeedbackMode.SCRATCH, OptionalDouble.empty(), true), 0);
  }

  private static JudgedCompletion completion(
      FeedbackMode mode, OptionalDouble reward, boolean finished) {
    return new JudgedCompletion(
        mode,
        List.of(),
        new int[] {1, 3, 4},
        new int[] {5, 6, 7, 8, 2},
        new float[] {-1, -1, -1, -1, -1},
        finished,
        Optional.of(SOLUTION),
        reward,
        reward.orElse(0) == 1,
        new Explanation("test"));
  }

  private static List<List<LossTerm>> build(Map<String, String> values, Judged... judged) {
    return build(new Lanpo(), values, judged).terms();
  }

  private static Updates build(Objective objective, Map<String, String> values, Judged... judged) {
    JudgedGroup group =
        new JudgedGroup(
            new Question("q", "what is it ?"),
            POSED,
            Arrays.stream(judged).map(Judged::completion).toList());
    return objective
        .open(Settings.of("test", objective.settings(), values))
        .updates(
            new JudgedStep(
                3,
                List.of(group),
                List.of(Arrays.stream(judged).mapToDouble(Judged::advantage).toArray())),
            MEANS);
  }
}
