package io.lanpo.feedback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.Settings;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.feedback.Lesson.Kind;
import io.lanpo.api.feedback.LessonSelector;
import io.lanpo.api.feedback.LessonSelector.Candidate;
import io.lanpo.api.task.Question;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ThompsonSamplingTest {
  private static final Question QUESTION = new Question("q", "q");

  private static Candidate candidate(String text, Kind kind, double gain, double loss) {
    int solved = kind == Kind.PRINCIPLE ? 1 : 0;
    Lesson lesson = new Lesson(text, kind, text, new Question("of " + text, "of " + text));
    return new Candidate(lesson, 0.9, 1, solved, gain, loss);
  }

  private static List<String> chosen(String most, List<Candidate> relevant, long seed) {
    LessonSelector selector = new ThompsonSampling();
    return selector
        .open(Settings.of("test", selector.settings(), Map.of("most", most)))
        .choose(QUESTION, relevant, seed)
        .stream()
        .map(Lesson::text)
        .toList();
  }

  @Test
  void whatServedWellIsDrawnMoreOften() {
    List<Candidate> relevant =
        List.of(candidate("good", Kind.PRINCIPLE, 20, 0), candidate("bad", Kind.PRINCIPLE, 0, 20));
    long good =
        IntStream.range(0, 100)
            .filter(seed -> chosen("1", relevant, seed).equals(List.of("good")))
            .count();
    assertTrue(good > 95, "drawn " + good + " times of 100");
    assertEquals(List.of("good", "bad"), chosen("2", relevant, 1));
  }

  @Test
  void aPitfallServesWhenNoPrinciplePromisesAnything() {
    List<Candidate> relevant =
        List.of(candidate("bad", Kind.PRINCIPLE, 0, 200), candidate("pit", Kind.PITFALL, 0, 0));
    assertEquals(List.of("pit"), chosen("3", relevant, 1));
  }

  @Test
  void withoutARelevantLessonNoneIsShown() {
    assertEquals(List.of(), chosen("1", List.of(), 1));
  }
}
