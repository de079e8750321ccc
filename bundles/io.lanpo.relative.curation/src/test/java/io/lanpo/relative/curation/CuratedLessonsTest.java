package io.lanpo.relative.curation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.feedback.Lesson.Kind;
import io.lanpo.api.feedback.LessonSelector;
import io.lanpo.api.feedback.LessonSelector.Candidate;
import io.lanpo.api.task.Question;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CuratedLessonsTest {
  private static final Question QUESTION = new Question("q", "q");

  private static Candidate candidate(
      String id, Kind kind, String text, double relevance, double gain, double loss) {
    Lesson lesson = new Lesson(id, kind, text, new Question("of " + id, "of " + id));
    return new Candidate(lesson, relevance, 1, kind == Kind.PRINCIPLE ? 1 : 0, gain, loss);
  }

  private static Candidate principle(String text, double relevance, double gain, double loss) {
    return candidate(text, Kind.PRINCIPLE, text, relevance, gain, loss);
  }

  private static LessonSelector.Selection selection(String... set) {
    LessonSelector selector = new CuratedLessons();
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < set.length; i += 2) {
      values.put(set[i], set[i + 1]);
    }
    return selector.open(Settings.of("test", selector.settings(), values));
  }

  private static List<String> chosen(List<Candidate> relevant, long seed, String... set) {
    return selection(set).choose(QUESTION, relevant, seed).stream().map(Lesson::id).toList();
  }

  /** Scores at even weights: 0.783, 0.755 and 0.75, with usefulness 4/6, 10/11 and 3/6. */
  @ParameterizedTest
  @CsvSource({"0.5, a b c", "0, b a c", "1, c a b"})
  void provenLessonsAreRankedByRelevanceAndUsefulness(String weight, String order) {
    List<Candidate> relevant =
        List.of(principle("a", 0.9, 3, 1), principle("b", 0.6, 9, 0), principle("c", 1, 2, 2));
    assertEquals(
        List.of(order.split(" ")),
        chosen(relevant, 1, "most", "3", "relevance-weight", weight, "explore", "0"));
  }

  /** Usefulness 2/6 after four rewards; before three rewards nothing is decided. */
  @Test
  void whatHarmsMoreThanItHelpsIsRetiredAfterItsTrial() {
    List<Candidate> harmful = List.of(principle("harmful", 1, 1, 3));
    assertEquals(List.of(), chosen(harmful, 1, "explore", "1"));
    assertEquals(List.of("harmful"), chosen(harmful, 1, "trial", "4.1"));
    assertEquals(List.of("harmful"), chosen(harmful, 1, "min-usefulness", "0.33"));
    assertEquals(List.of("new"), chosen(List.of(principle("new", 1, 0, 2.9)), 1));
  }

  /** Neither has come to three rewards alone; the sums of a text are those of all that have it. */
  @Test
  void lessonsThatSayTheSameAreOneWithTheSumsOfTheirWordings() {
    List<Candidate> relevant =
        List.of(
            candidate("old", Kind.PRINCIPLE, "Check the parity.", 0.7, 1, 0.5),
            candidate("again", Kind.PRINCIPLE, "Check the parity.", 0.8, 1, 0.5),
            candidate("other", Kind.PRINCIPLE, "check the parity", 0.9, 1.5, 0),
            candidate("pitfall", Kind.PITFALL, "check the parity", 0.6, 1.5, 0));
    List<Item> merged = Item.merged(relevant, 1);
    assertEquals(2, merged.size());
    assertEquals(new Item(relevant.get(2).lesson(), 0.9, 2.5, 0.5), merged.get(0));
    assertEquals(3.5 / 5, merged.get(0).usefulness());
    assertEquals(List.of("other"), chosen(relevant, 1, "explore", "0"));
    assertEquals(List.of("other", "pitfall"), chosen(relevant, 1, "most", "4"), "each once");
  }

  @Test
  void unprovenLessonsHaveABoundedShareOfThePlaces() {
    List<Candidate> relevant = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      relevant.add(principle("good" + i, 0.9, 5, 0));
      relevant.add(principle("new" + i, 0.9, 0, 0));
    }
    for (long seed = 0; seed < 50; seed++) {
      List<String> all = chosen(relevant, seed, "most", "4", "explore", "0.25");
      assertEquals(List.of("good0", "good1", "good2"), all.subList(0, 3));
      assertTrue(all.get(3).startsWith("new"), all.toString());
    }
    long explored =
        IntStream.range(0, 1000)
            .filter(seed -> chosen(relevant, seed).get(0).startsWith("new"))
            .count();
    assertTrue(explored > 60 && explored < 140, "a tenth of 1000: " + explored);
    assertEquals(List.of("good0"), chosen(relevant, 5, "explore", "0"));
  }

  @Test
  void whereNothingIsProvenUnprovenLessonsFillThePlaces() {
    List<Candidate> fresh = List.of(principle("a", 0.9, 0, 0), principle("b", 0.9, 0, 0));
    assertEquals(2, chosen(fresh, 1, "most", "3", "explore", "0").size());
    List<Candidate> one = List.of(principle("good", 0.9, 5, 0), principle("b", 0.9, 0, 0));
    assertEquals(List.of("good", "b"), chosen(one, 1, "most", "2", "explore", "0"));
    assertEquals(List.of(), chosen(List.of(), 1));
  }

  @Test
  void bothKindsAreTriedAsAsked() {
    List<Candidate> fresh =
        List.of(
            principle("right", 0.9, 0, 0), candidate("wrong", Kind.PITFALL, "wrong", 0.9, 0, 0));
    assertEquals(List.of("right", "wrong"), chosen(fresh, 1, "most", "2", "pitfalls", "0"));
    assertEquals(List.of("wrong", "right"), chosen(fresh, 1, "most", "2", "pitfalls", "1"));
    long pitfalls =
        IntStream.range(0, 1000).filter(s -> chosen(fresh, s).equals(List.of("wrong"))).count();
    assertTrue(pitfalls > 400 && pitfalls < 600, "half of 1000: " + pitfalls);
  }

  @Test
  void whatIsChosenDependsOnTheArgumentsAlone() {
    List<Candidate> relevant = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      relevant.add(principle("l" + i, i / 20.0, i % 5, i % 3));
    }
    LessonSelector.Selection used = selection("most", "5", "explore", "0.5");
    for (long seed = 0; seed < 20; seed++) {
      assertEquals(
          selection("most", "5", "explore", "0.5").choose(QUESTION, relevant, seed),
          used.choose(QUESTION, relevant, seed));
    }
  }

  @Test
  void aThresholdThatNothingCanReachIsRefused() {
    UserException refused =
        assertThrows(UserException.class, () -> selection("min-usefulness", "0.81"));
    assertEquals(
        "min-usefulness = 0.81 retires every lesson at the end of its trial: trial = 3.0 makes one"
            + " that only helped 0.800",
        refused.getMessage());
    assertEquals("Lower the first or raise the second.", refused.nextStep());
    selection("min-usefulness", "0.8");
  }
}
