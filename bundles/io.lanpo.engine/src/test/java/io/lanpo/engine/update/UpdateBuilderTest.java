package io.lanpo.engine.update;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.Settings;
import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.policy.Completion;
import io.lanpo.api.policy.LossTerm;
import io.lanpo.api.policy.Tokenizer;
import io.lanpo.api.policy.TrainingExample;
import io.lanpo.api.reward.Verdict;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Task;
import io.lanpo.engine.config.RunSettings;
import io.lanpo.engine.fixture.FakePolicy;
import io.lanpo.engine.fixture.Problems;
import io.lanpo.engine.generate.Randomness;
import io.lanpo.engine.rollout.ComposedPrompt;
import io.lanpo.engine.rollout.Group;
import io.lanpo.engine.rollout.Rollout;
import io.lanpo.tasks.micro.MicroWorld;
import io.lanpo.tokenizer.TokenizerFactory;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpdateBuilderTest {
  private static final MicroWorld WORLD = new MicroWorld();
  private static final Task TASK = WORLD.open(Settings.defaults(WORLD.settings()), 1);
  private static final Tokenizer TOKENIZER =
      new TokenizerFactory().ofWords(TASK.curriculum().orElseThrow().vocabulary());
  private static final Problem PROBLEM = TASK.training().get(0);
  private static final String SOLUTION = "answer " + PROBLEM.key().text();

  @ParameterizedTest
  @CsvSource({"token-mean, 20", "sequence-mean, 20", "constant, 28"})
  void anAggregationIsANormaliser(String aggregation, double denominator) {
    // 4 completions of 5 tokens each: token-mean divides by 20, sequence-mean by 4·5, constant by
    // 4·7
    List<List<LossTerm>> updates =
        build(
            Map.of("loss.aggregation", aggregation, "loss.constant-length", "7"),
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
    List<TrainingExample> examples =
        build(Map.of("loss.kl", "0.1"), alike).get(0).get(0).examples();
    assertEquals(3, examples.size(), "what has no score takes no part");
    for (TrainingExample example : examples) {
      assertEquals(5, example.referenceLogProbs().length);
      assertEquals(0f, example.advantages()[0]);
    }
    assertEquals(
        2,
        build(Map.of("loss.kl", "0.1", "loss.feedback-weight", "0"), alike)
            .get(0)
            .get(0)
            .examples()
            .size(),
        "what is not learned under its own prompt is not penalised there");
  }

  @Test
  void contextDistillationTrainsSuccessUnderThePlainPrompt() {
    List<List<LossTerm>> updates =
        build(
            Map.of("distillation.weight", "0.5", "loss.feedback-weight", "0"),
            reviewed(1, 2),
            reviewed(0, -2),
            plain(0, 0),
            plain(0, 0));
    List<TrainingExample> examples = updates.get(0).get(0).examples();
    assertEquals(1, examples.size());
    TrainingExample distilled = examples.get(0);
    int[] plainPrompt = TOKENIZER.encode(TASK.pose(PROBLEM.question()));
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
        build(Map.of("loss.feedback-weight", "0.25"), reviewed(1, 2), plain(0, -2));
    List<TrainingExample> examples = updates.get(0).get(0).examples();
    assertEquals(2, examples.size());
    assertTrue(examples.stream().anyMatch(e -> Math.abs(e.advantages()[0] - 0.5) < 1e-7));
  }

  @Test
  void replayIsAWeightedMeanOverTokens() {
    List<List<LossTerm>> updates =
        build(Map.of("replay.demonstrations", "6", "replay.weight", "0.2"), plain(1, 1));
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
    assertEquals(
        List.of(0, 1, 1, 1), replayed(Map.of("loss.mini-batches", "4", "loss.epochs", "1"), four));
    assertEquals(
        List.of(1, 2), replayed(Map.of("loss.mini-batches", "1", "loss.epochs", "2"), four));
  }

  private static List<Integer> replayed(Map<String, String> values, Judged... judged) {
    Map<String, String> all = new HashMap<>(values);
    all.put("replay.demonstrations", "3");
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
                Map.of("loss.aggregation", aggregation, "loss.constant-length", "7"),
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
    assertEquals(2, build(Map.of("loss.mini-batches", "2"), three).size());
    assertEquals(3, build(Map.of("loss.mini-batches", "8"), three).size(), "none is empty");
    assertEquals(
        1, build(Map.of("loss.mini-batches", "2", "loss.least-to-split", "4"), three).size());
  }

  @Test
  void miniBatchesDivideTheCompletionsAmongThem() {
    Rollout[] rollouts = new Rollout[20];
    double[] advantages = new double[20];
    for (int i = 0; i < 20; i++) {
      rollouts[i] = rollout(FeedbackMode.SCRATCH, i % 2);
      advantages[i] = i % 2 == 0 ? -1 : 1;
    }
    Group group = new Group(PROBLEM, List.of(rollouts), 0.5, advantages);
    List<List<LossTerm>> updates =
        builder(Map.of("loss.mini-batches", "2", "group-size", "20"))
            .build(3, List.of(group))
            .terms();
    assertEquals(2, updates.size());
    double total =
        updates.stream()
            .flatMap(u -> u.get(0).examples().stream())
            .mapToDouble(e -> e.scale()[0])
            .sum();
    assertEquals(20 * (1 / 50.0), total, 1e-6, "token-mean: 100 tokens, 50 in each mini-batch");
    assertEquals(10, updates.get(0).get(0).examples().size());
  }

  private record Judged(Rollout rollout, double advantage) {}

  private static Judged plain(double reward, double advantage) {
    return new Judged(rollout(FeedbackMode.SCRATCH, reward), advantage);
  }

  private static Judged reviewed(double reward, double advantage) {
    return new Judged(rollout(FeedbackMode.REFLECT, reward), advantage);
  }

  private static Judged unscored() {
    return new Judged(rollout(FeedbackMode.SCRATCH, new Verdict.Abstained("test"), false), 0);
  }

  private static Rollout rollout(FeedbackMode mode, double reward) {
    return rollout(mode, new Verdict.Scored(reward, "test"), reward == 1);
  }

  private static Rollout rollout(FeedbackMode mode, Verdict verdict, boolean accepted) {
    return new Rollout(
        new ComposedPrompt(mode, false, TASK.pose(PROBLEM.question()), List.of()),
        new int[] {1, 3, 4},
        new Completion(new int[] {5, 6, 7, 8, 2}, new float[] {-1, -1, -1, -1, -1}, true),
        SOLUTION,
        Optional.of(SOLUTION),
        verdict,
        accepted);
  }

  private static List<List<LossTerm>> build(Map<String, String> values, Judged... judged) {
    Map<String, String> sized = new HashMap<>(values);
    sized.put("group-size", Integer.toString(Math.max(2, judged.length)));
    Group group =
        new Group(
            PROBLEM,
            Arrays.stream(judged).map(Judged::rollout).toList(),
            0.5,
            Arrays.stream(judged).mapToDouble(Judged::advantage).toArray());
    return builder(sized).build(1, List.of(group)).terms();
  }

  private static UpdateBuilder builder(Map<String, String> values) {
    RunSettings settings = RunSettings.of(Settings.of("test", RunSettings.DECLARED, values));
    return new UpdateBuilder(
        settings,
        TASK,
        TOKENIZER,
        new Randomness(1),
        new TaskDemonstrations(TASK.curriculum().orElseThrow(), TOKENIZER),
        settings.loss().klCoefficient() > 0 ? new FakePolicy(Problems.HALF) : null,
        null);
  }
}
