package io.lanpo.engine.lesson;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lanpo.api.component.UserException;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.pool.StoredLesson;
import io.lanpo.api.similarity.SimilarityFilter.Scorer;
import io.lanpo.api.task.Question;
import io.lanpo.engine.call.ComponentCalls;
import io.lanpo.engine.config.FeedbackSettings;
import io.lanpo.engine.fixture.Trials;
import io.lanpo.engine.generate.Generator;
import io.lanpo.engine.generate.RunTextGenerator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The policy judges which lessons are relevant. A real one: it has learned by heart that questions
 * about the same operator are, and to be of no help about {@code op2}.
 */
class JudgedLessonsTest {
  private static final List<Question> QUESTIONS =
      IntStream.range(0, 9).mapToObj(Trials::question).toList();

  private static final Map<String, String> TAUGHT = new LinkedHashMap<>();
  private static Policy taught;

  private RunTextGenerator textGenerator;
  private Generator generator;

  @BeforeAll
  public static void teach() {
    for (int q = 0; q < QUESTIONS.size(); q++) {
      for (int o = 0; o < QUESTIONS.size(); o++) {
        String answer = q % 3 == 2 ? "perhaps" : q % 3 == o % 3 ? "1" : "0";
        TAUGHT.put(
            "%s %s relevant ?".formatted(QUESTIONS.get(q).text(), QUESTIONS.get(o).text()), answer);
      }
    }
    taught = untaught();
    JudgeFilters.teach(taught, TAUGHT);
  }

  @AfterAll
  static void close() {
    taught.close();
  }

  @BeforeEach
  void use() {
    textGenerator = new RunTextGenerator();
    generator = new Generator(taught);
    textGenerator.use(generator);
  }

  private static Policy untaught() {
    List<String> texts = new ArrayList<>(TAUGHT.keySet());
    texts.addAll(TAUGHT.values());
    return JudgeFilters.policy(texts, 1);
  }

  @Test
  void lessonsAreShownThatThePolicyFindsRelevant() {
    Scorer scorer = scorer("candidates", 8);
    for (int topK : new int[] {0, 8}) {
      assertEquals(Set.of("p3", "p6"), shown(scorer, topK, 0));
      assertEquals(Set.of("p1", "p7"), shown(scorer, topK, 4));
    }
  }

  @Test
  void anAnswerWithoutANumberHasAScoreAndIsCounted() {
    assertEquals(Set.of(), shown(scorer("candidates", 8), 0, 2));
    Scorer lenient = scorer("candidates", 8, "unreadable", 0.5);
    assertEquals(8, shown(lenient, 0, 2).size());
    assertEquals(Map.of("asked", 8L, "cached", 0L, "unreadable", 8L), lenient.figures());
  }

  @Test
  void whatThePolicyWritesIsCounted() {
    Scorer scorer = scorer("candidates", 5);
    scorer.scores(QUESTIONS.get(0), QUESTIONS);
    assertEquals(Map.of("asked", 5L, "cached", 0L, "unreadable", 0L), scorer.figures());
    // a digit and the end of each answer
    assertEquals(10, generator.generatedTokens());
  }

  @Test
  void aJudgementHoldsUntilThePolicyChanges() {
    try (Policy policy = untaught()) {
      textGenerator.use(new Generator(policy));
      Scorer scorer = scorer("candidates", 8);
      double[] first = scorer.scores(QUESTIONS.get(0), QUESTIONS);
      assertArrayEquals(first, scorer.scores(QUESTIONS.get(0), QUESTIONS));
      Map<String, Long> again = scorer.figures();
      assertEquals(8, again.get("asked"));
      assertEquals(8, again.get("cached"));

      JudgeFilters.teach(policy, TAUGHT, 1);
      double[] changed = scorer.scores(QUESTIONS.get(0), QUESTIONS);
      assertEquals(16, scorer.figures().get("asked"));
      // a run that is resumed here has an empty cache
      assertArrayEquals(changed, scorer("candidates", 8).scores(QUESTIONS.get(0), QUESTIONS));

      textGenerator.use(new Generator(taught));
      scorer.scores(QUESTIONS.get(0), QUESTIONS);
      assertEquals(24, scorer.figures().get("asked"), "another policy");
    }
  }

  @Test
  void onlyTheLexicallyNearestAreAskedAbout() {
    double[] scores = scorer("candidates", 2).scores(QUESTIONS.get(0), QUESTIONS);
    assertArrayEquals(new double[] {1, -1, -1, 1, -1, -1, 1, -1, -1}, scores);
    assertArrayEquals(
        new double[] {0, 1},
        scorer("candidates", 2)
            .scores(
                QUESTIONS.get(0),
                List.of(
                    new Question("p0", "apply op1 to 1 ."),
                    new Question("x", QUESTIONS.get(0).text()))),
        "the problem itself is not asked about, which its text tells and not its id");
  }

  @Test
  void withoutARunThereIsNobodyToJudge() {
    UserException e =
        assertThrows(
            UserException.class,
            () -> JudgeFilters.filter("prompt", "{{question}}{{other}}").fit(List.of()));
    assertEquals("Take a filter that needs none: lexical or minilm.", e.nextStep());
  }

  private Scorer scorer(Object... options) {
    List<Object> all = new ArrayList<>(List.of("prompt", "{{question}} {{other}} relevant ?"));
    all.addAll(List.of(options));
    return JudgeFilters.filter(all.toArray()).fit(QUESTIONS, textGenerator);
  }

  private static Set<String> shown(Scorer scorer, int topK, int question) {
    List<StoredLesson> lessons =
        QUESTIONS.stream()
            .map(q -> Trials.lesson("l" + q.id(), Lesson.Kind.PRINCIPLE, "use " + q.id(), q))
            .toList();
    FeedbackSettings feedback = new FeedbackSettings(0.5, topK, 0.1, 1000);
    return new RelevantLessons(lessons, scorer, feedback, Selections.thompson(64, 0.15))
        .select(QUESTIONS.get(question), 1, new ComponentCalls()).stream()
            .map(lesson -> lesson.source().id())
            .collect(Collectors.toCollection(TreeSet::new));
  }
}
