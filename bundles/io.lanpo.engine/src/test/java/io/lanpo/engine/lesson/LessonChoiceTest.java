package io.lanpo.engine.lesson;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.UserException;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.feedback.LessonSelector;
import io.lanpo.api.feedback.LessonSelector.Candidate;
import io.lanpo.api.task.Question;
import io.lanpo.engine.call.CallCounts;
import io.lanpo.engine.call.ComponentCalls;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a selector of lessons says of itself is checked before the run, what it chooses always. */
class LessonChoiceTest {
  private static final Question ASKED = new Question("p1", "1 + 1 ?");
  private static final Lesson FIRST = lesson("l1", "carry the ten");
  private static final Lesson SECOND = lesson("l2", "count twice");
  private static final Lesson THIRD = lesson("l3", "look again");

  /** Says how many it shows at most, and shows what it likes. */
  private record Hostile(int most, UnaryOperator<List<Lesson>> likes)
      implements LessonSelector.Selection {
    @Override
    public List<Lesson> choose(Question question, List<Candidate> relevant, long seed) {
      return likes.apply(relevant.stream().map(Candidate::lesson).toList());
    }
  }

  private static Lesson lesson(String id, String text) {
    return new Lesson(id, Lesson.Kind.PRINCIPLE, text, new Question("p2", "2 + 2 ?"));
  }

  private static Arguments hostile(String what, UnaryOperator<List<Lesson>> likes) {
    return Arguments.of(what, likes);
  }

  static Stream<Arguments> choices() {
    Lesson own = new Lesson("l9", Lesson.Kind.PRINCIPLE, "the answer is 2", ASKED);
    return Stream.of(
        hostile("returned null", offered -> null),
        hostile("chose a lesson that it was not offered", offered -> Arrays.asList(FIRST, null)),
        hostile("chose a lesson that it was not offered", offered -> List.of(own)),
        hostile(
            "chose a lesson that it was not offered",
            offered -> List.of(lesson(FIRST.id(), "the answer is 2"))),
        hostile("chose a lesson twice", offered -> List.of(SECOND, SECOND)),
        hostile("chose 3 lessons, and said 2 at most", offered -> offered),
        hostile(
            "threw java.lang.UnsupportedOperationException",
            offered -> {
              offered.clear();
              return offered;
            }));
  }

  @ParameterizedTest
  @MethodSource("choices")
  void whatWasNotOfferedIsNotShownAndIsCounted(String what, UnaryOperator<List<Lesson>> likes) {
    ComponentCalls calls = new ComponentCalls();
    List<Candidate> offered =
        Stream.of(FIRST, SECOND, THIRD).map(l -> new Candidate(l, 1, 1, 1, 0, 0)).toList();
    LessonChoice choice = Selections.of(new Hostile(2, likes));
    assertEquals(List.of(), choice.choose(ASKED, offered, 1, calls));
    CallCounts counts = calls.take();
    assertEquals(1, counts.total());
    String why = counts.beyond(0).orElseThrow().what();
    assertTrue(why.contains("the lesson selector failed (it " + what), why);
  }

  @Test
  void someOfWhatWasOfferedIsShownInTheOrderOfTheSelector() {
    ComponentCalls calls = new ComponentCalls();
    List<Candidate> offered =
        Stream.of(FIRST, SECOND, THIRD).map(l -> new Candidate(l, 1, 1, 1, 0, 0)).toList();
    LessonChoice choice = Selections.of(new Hostile(2, all -> List.of(THIRD, FIRST)));
    assertEquals(List.of(THIRD, FIRST), choice.choose(ASKED, offered, 1, calls));
    assertEquals(0, calls.take().total());
  }

  @Test
  void aSelectorThatShowsNoLessonAtMostIsRefused() {
    for (int most : new int[] {0, -1}) {
      assertEquals(
          "the lesson selector mine of it 1.0 shows %d lessons at most, and there must be at least 1"
              .formatted(most),
          assertThrows(
                  UserException.class, () -> Selections.of(new Hostile(most, offered -> offered)))
              .getMessage());
    }
    assertEquals(1, Selections.of(new Hostile(1, offered -> offered)).most());
  }
}
