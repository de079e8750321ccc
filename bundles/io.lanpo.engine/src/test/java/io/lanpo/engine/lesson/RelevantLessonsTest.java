package io.lanpo.engine.lesson;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.feedback.Lesson.Kind;
import io.lanpo.api.feedback.LessonSelector;
import io.lanpo.api.pool.Experience;
import io.lanpo.api.pool.ExperiencePool;
import io.lanpo.api.pool.StoredLesson;
import io.lanpo.api.similarity.SimilarityFilter.Scorer;
import io.lanpo.api.task.Question;
import io.lanpo.engine.call.ComponentCalls;
import io.lanpo.engine.config.FeedbackSettings;
import io.lanpo.engine.fixture.Trials;
import io.lanpo.similarity.LexicalFilter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RelevantLessonsTest {
  private static final List<Question> QUESTIONS =
      IntStream.range(0, 9).mapToObj(Trials::question).toList();
  private static final Scorer SCORER = new LexicalFilter(1000).fit(QUESTIONS);

  @TempDir Path folder;
  private ExperiencePool pool;

  @BeforeEach
  void open() {
    pool = Trials.pool(folder);
  }

  @AfterEach
  void close() {
    pool.close();
  }

  @Test
  void aLessonIsNeverShownForTheProblemItCameFrom() {
    pool.addLessons(
        List.of(
            Trials.lesson("a", Kind.PRINCIPLE, "mine", QUESTIONS.get(0)),
            Trials.lesson("b", Kind.PITFALL, "mine too", QUESTIONS.get(0))));
    assertEquals(List.of(), selector(1, 0).select(QUESTIONS.get(0), 1, new ComponentCalls()));
    assertNotEquals(List.of(), selector(1, 0).select(QUESTIONS.get(3), 1, new ComponentCalls()));
  }

  @Test
  void aLessonOfAnIrrelevantProblemIsNotShown() {
    double related = SCORER.scores(QUESTIONS.get(0), List.of(QUESTIONS.get(3)))[0];
    double unrelated = SCORER.scores(QUESTIONS.get(0), List.of(QUESTIONS.get(1)))[0];
    assertTrue(related > unrelated, related + " against " + unrelated);
    pool.addLessons(
        List.of(
            Trials.lesson("far", Kind.PRINCIPLE, "far", QUESTIONS.get(1)),
            Trials.lesson("near", Kind.PRINCIPLE, "near", QUESTIONS.get(3))));
    List<Lesson> chosen =
        selector(5, (related + unrelated) / 2).select(QUESTIONS.get(0), 1, new ComponentCalls());
    assertEquals(List.of("near"), chosen.stream().map(Lesson::text).toList());
  }

  /** The problem itself and its twin come before all others, and leave them their places. */
  @Test
  void onlyTheMostRelevantProblemsAreConsidered() {
    Question twin = new Question("twin", QUESTIONS.get(0).text() + " !");
    pool.addLessons(
        List.of(
            Trials.lesson("own", Kind.PRINCIPLE, "own", QUESTIONS.get(0)),
            Trials.lesson("twin", Kind.PRINCIPLE, "twin", twin),
            Trials.lesson("far", Kind.PRINCIPLE, "far", QUESTIONS.get(1)),
            Trials.lesson("near", Kind.PRINCIPLE, "near", QUESTIONS.get(3)),
            Trials.lesson("too", Kind.PITFALL, "near too", QUESTIONS.get(3))));
    RelevantLessons selector =
        new RelevantLessons(
            pool, SCORER, new FeedbackSettings(0, 1, 0.1, 1000), Selections.thompson(9, 0));
    List<Lesson> chosen = selector.select(QUESTIONS.get(0), 1, new ComponentCalls());
    assertEquals(List.of("near"), chosen.stream().map(Lesson::text).toList());
    assertEquals(1, selector.takeWithheld());
  }

  @Test
  void whatServedWellIsDrawnMoreOften() {
    List<StoredLesson> lessons =
        List.of(
            Trials.lesson("good", Kind.PRINCIPLE, "good", QUESTIONS.get(3)),
            Trials.lesson("bad", Kind.PRINCIPLE, "bad", QUESTIONS.get(6)));
    pool.addLessons(lessons);
    List<Experience> trials = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      trials.add(Trials.shown("g" + i, QUESTIONS.get(0), "good", 1));
      trials.add(Trials.shown("b" + i, QUESTIONS.get(0), "bad", 0));
    }
    pool.add(trials);
    RelevantLessons selector = selector(1, 0);
    long good =
        IntStream.range(0, 100)
            .filter(
                i ->
                    selector
                        .select(QUESTIONS.get(0), i, new ComponentCalls())
                        .get(0)
                        .text()
                        .equals("good"))
            .count();
    assertTrue(good > 95, "drawn " + good + " times of 100");
  }

  /** What helped with hard problems comes before what was shown for problems that all solve. */
  @Test
  void lessonsOfEasyProblemsDoNotLookGood() {
    pool.addLessons(
        List.of(
            Trials.lesson("easy", Kind.PRINCIPLE, "easy", QUESTIONS.get(3)),
            Trials.lesson("easy2", Kind.PRINCIPLE, "easy", QUESTIONS.get(3)),
            Trials.lesson("easy3", Kind.PRINCIPLE, "easy", QUESTIONS.get(3)),
            Trials.lesson("hard", Kind.PRINCIPLE, "hard", QUESTIONS.get(6))));
    List<Experience> trials = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      trials.add(Trials.shown("e" + i, QUESTIONS.get(1), "easy", 1, 1));
      trials.add(Trials.shown("h" + i, QUESTIONS.get(2), "hard", i % 2, 0.1));
    }
    pool.add(trials);
    RelevantLessons selector = selector(1, 0);
    long hard =
        IntStream.range(0, 100)
            .filter(
                i ->
                    selector
                        .select(QUESTIONS.get(0), i, new ComponentCalls())
                        .get(0)
                        .text()
                        .equals("hard"))
            .count();
    assertTrue(hard > 60, "drawn " + hard + " times of 100");
  }

  @Test
  void aPitfallServesWhenNoPrinciplePromisesAnything() {
    pool.addLessons(
        List.of(
            Trials.lesson("bad", Kind.PRINCIPLE, "bad", QUESTIONS.get(3)),
            Trials.lesson("pit", Kind.PITFALL, "pit", QUESTIONS.get(6))));
    List<Experience> failures = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      failures.add(Trials.shown("b" + i, QUESTIONS.get(0), "bad", 0));
    }
    pool.add(failures);
    List<Lesson> chosen = selector(1, 0).select(QUESTIONS.get(0), 1, new ComponentCalls());
    assertEquals(List.of("pit"), chosen.stream().map(Lesson::text).toList());
  }

  private RelevantLessons selector(int lessons, double floor) {
    return new RelevantLessons(
        pool,
        SCORER,
        new FeedbackSettings(floor, 0, 0.1, 1000),
        Selections.thompson(lessons, 0.45));
  }

  /** What a selector makes up, or takes too much of, is not shown. */
  @Test
  void onlyWhatWasOfferedIsShown() {
    Lesson made = new Lesson("x", Kind.PRINCIPLE, "the answer is 4", QUESTIONS.get(0));
    pool.addLessons(List.of(Trials.lesson("near", Kind.PRINCIPLE, "near", QUESTIONS.get(3))));
    ComponentCalls calls = new ComponentCalls();
    RelevantLessons selector =
        new RelevantLessons(
            pool,
            SCORER,
            new FeedbackSettings(0, 0, 0.1, 1000),
            Selections.of(
                new LessonSelector.Selection() {
                  @Override
                  public int most() {
                    return 2;
                  }

                  @Override
                  public List<Lesson> choose(
                      Question question, List<LessonSelector.Candidate> relevant, long seed) {
                    return List.of(relevant.get(0).lesson(), made);
                  }
                }));
    assertEquals(List.of(), selector.select(QUESTIONS.get(0), 1, calls));
    assertEquals(1, calls.take().total());
  }
}
