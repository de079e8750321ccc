package io.lanpo.engine.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.Settings;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.feedback.LessonSelector;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.pool.ExperiencePool;
import io.lanpo.api.pool.StoredLesson;
import io.lanpo.api.similarity.SimilarityFilter;
import io.lanpo.api.similarity.SimilarityFilter.Scorer;
import io.lanpo.api.task.Question;
import io.lanpo.engine.call.ComponentCalls;
import io.lanpo.engine.call.Named;
import io.lanpo.engine.config.FeedbackSettings;
import io.lanpo.engine.fixture.Trials;
import io.lanpo.engine.generate.Generator;
import io.lanpo.engine.generate.RunTextGenerator;
import io.lanpo.engine.lesson.JudgeFilters;
import io.lanpo.engine.lesson.LessonChoice;
import io.lanpo.engine.lesson.RelevantLessons;
import io.lanpo.feedback.ThompsonSampling;
import io.lanpo.relative.curation.CuratedLessons;
import io.lanpo.similarity.AllFilter;
import io.lanpo.similarity.LexicalFilter;
import io.lanpo.similarity.RandomFilter;
import io.lanpo.similarity.minilm.MiniLmFilter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever a pool holds and whatever the filter is, a lesson is never shown for the problem it was
 * distilled from nor for the same problem in other words.
 */
class LessonLeakageTest {
  private static final List<String> WORDS =
      List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine");

  private static final List<String> NAMES = List.of("Mia", "Tom", "Ada", "Leo");
  private static final List<String> THINGS = List.of("apples", "marbles", "stamps", "coins");
  private static final int STORIES = 25;

  @TempDir Path folder;
  private int pools;

  @RepeatedTest(20)
  void noLessonOfAProblemOrItsTwinIsSelected(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    Stories stories = Stories.draw(random);
    for (SimilarityFilter filter :
        List.of(new AllFilter(), new RandomFilter(), new LexicalFilter(1000))) {
      int topK = random.nextInt(3) * 20;
      double floor = random.nextInt(2) * 0.05;
      check(filter.fit(stories.questions()), topK, floor, stories, random);
    }
  }

  /** By the scan of all and by the index. */
  @RepeatedTest(2)
  void norByEmbeddings(RepetitionInfo repetition) {
    Random random = new Random(100 + repetition.getCurrentRepetition());
    Stories stories = Stories.draw(random);
    try (MiniLmFilter scan = new MiniLmFilter(1000);
        MiniLmFilter index = new MiniLmFilter(1000, 0)) {
      check(scan.fit(stories.questions()), 0, 0.05, stories, random);
      Scorer scorer = index.fit(stories.questions());
      check(scorer, 20, 0.05, stories, random);
      Map<String, Long> figures = scorer.figures();
      assertEquals((long) stories.questions().size(), figures.get("indexedSearches"));
    }
  }

  /** The policy has random weights and judges accordingly. */
  @RepeatedTest(2)
  void norByThePolicy(RepetitionInfo repetition) {
    Random random = new Random(200 + repetition.getCurrentRepetition());
    Stories stories = Stories.draw(random);
    List<String> texts = new ArrayList<>(stories.questions().stream().map(Question::text).toList());
    texts.add("alike ? 0 1 0.5");
    try (Policy policy = JudgeFilters.policy(texts, random.nextLong())) {
      RunTextGenerator textGenerator = new RunTextGenerator();
      textGenerator.use(new Generator(policy));
      Scorer scorer =
          JudgeFilters.filter(
                  "prompt", "{{question}} {{other}} alike ?", "candidates", 12, "max-tokens", 3)
              .fit(stories.questions(), textGenerator);
      check(scorer, random.nextInt(2) * 20, 0, stories, random);
      assertTrue(scorer.figures().get("asked") > 0);
    }
  }

  private void check(Scorer scorer, int topK, double floor, Stories stories, Random random) {
    try (ExperiencePool pool = Trials.pool(folder.resolve("pool" + pools++))) {
      pool.addLessons(stories.lessons(random));
      LessonSelector.Selection selection = selection(1 + random.nextInt(8));
      List<Lesson> offered = new ArrayList<>();
      RelevantLessons selector =
          new RelevantLessons(
              pool,
              scorer,
              new FeedbackSettings(floor, topK, 0.1, 1000),
              LessonChoice.of(new Named<>(watched(selection, offered), "lesson selector")));
      int shown = 0;
      for (Question question : stories.questions()) {
        offered.clear();
        List<Lesson> chosen = selector.select(question, random.nextLong(), new ComponentCalls());
        assertTrue(offered.containsAll(chosen));
        // whatever a selector does: it is not even given what must not be shown
        for (Lesson lesson : offered) {
          assertNotEquals(
              stories.of().get(question),
              stories.of().get(lesson.source()),
              () -> question.text() + " | " + lesson.source().text());
          shown++;
        }
      }
      assertTrue(shown > 0, "nothing was shown, so nothing could have leaked");
      assertTrue(selector.takeWithheld() > 0, "no twin was in the way");
      assertEquals(0, selector.takeWithheld());
    }
  }

  /** The product's selectors in turn. */
  private LessonSelector.Selection selection(int most) {
    LessonSelector selector = pools % 2 == 0 ? new ThompsonSampling() : new CuratedLessons();
    return selector.open(
        Settings.of("test", selector.settings(), Map.of("most", Integer.toString(most))));
  }

  /** The same selection, of which it is noted what it is offered. */
  private static LessonSelector.Selection watched(
      LessonSelector.Selection selection, List<Lesson> offered) {
    return new LessonSelector.Selection() {
      @Override
      public int most() {
        return selection.most();
      }

      @Override
      public List<Lesson> choose(
          Question question, List<LessonSelector.Candidate> relevant, long seed) {
        relevant.forEach(candidate -> offered.add(candidate.lesson()));
        return selection.choose(question, relevant, seed);
      }
    };
  }

  /**
   * Problems that are told three times each.
   *
   * @param questions all tellings, in a random order
   * @param of which problem a telling tells
   */
  private record Stories(List<Question> questions, Map<Question, Integer> of) {
    static Stories draw(Random random) {
      Map<Question, Integer> storyOf = new HashMap<>();
      List<Question> questions = new ArrayList<>();
      for (int story = 0; story < STORIES; story++) {
        for (Question telling : tellings(story, random)) {
          storyOf.put(telling, story);
          questions.add(telling);
        }
      }
      Collections.shuffle(questions, random);
      return new Stories(List.copyOf(questions), storyOf);
    }

    List<StoredLesson> lessons(Random random) {
      List<StoredLesson> lessons = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        lessons.add(
            Trials.lesson(
                "l" + i,
                random.nextBoolean() ? Lesson.Kind.PRINCIPLE : Lesson.Kind.PITFALL,
                "lesson " + random.nextInt(400),
                questions.get(random.nextInt(questions.size()))));
      }
      return lessons;
    }
  }

  /** Three tellings of one problem, each with an id of its own. */
  private static List<Question> tellings(int story, Random random) {
    String name = NAMES.get(random.nextInt(NAMES.size()));
    String things = THINGS.get(random.nextInt(THINGS.size()));
    // no two stories have the same numbers
    int had = 20 + 3 * story;
    int gave = 2 + random.nextInt(8);
    int found = 100 + story;
    List<Question> tellings =
        List.of(
            new Question(
                "a" + story,
                "%s has %d %s, gives away %d and finds %d more. How many %s does %s have now?"
                    .formatted(name, had, things, gave, found, things, name)),
            new Question(
                "b" + story,
                "%s HAS  %d %s; gives away %d, and finds %d more! How many %s does %s have now?"
                    .formatted(name, had, things, gave, found, things, name)),
            new Question(
                "c" + story,
                "After %s found %d more %s and gave %s of the %s away, of which there were %d at"
                        .formatted(name, found, things, WORDS.get(gave), things, had)
                    + " first, how many does %s have?".formatted(name)));
    assertFalse(tellings.get(0).text().equals(tellings.get(1).text()));
    return tellings;
  }
}
