package io.lanpo.feedback;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanpo.api.component.Settings;
import io.lanpo.api.feedback.AttemptSelector;
import io.lanpo.api.task.Question;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Of three questions the first was tried twice, the second long ago, the third never. */
class AttemptSelectorsTest implements AttemptSelector.Attempts {
  @Override
  public List<Question> questions() {
    return List.of(new Question("a", "a"), new Question("b", "b"), new Question("c", "c"));
  }

  @Override
  public boolean tried(int question) {
    return question == 0;
  }

  @Override
  public List<String> ofStep(int question) {
    return question == 0 ? List.of("now", "now too") : List.of();
  }

  @Override
  public List<String> past(int question) {
    return question == 1 ? List.of("newer", "older") : List.of();
  }

  private static AttemptSelector.Selection open(AttemptSelector selector) {
    return selector.open(Settings.defaults(selector.settings()));
  }

  @Test
  void anAttemptOfTheStepComesBeforeThoseOfThePast() {
    AttemptSelector.Selection own = open(new OwnAttempts());
    assertEquals(Optional.of("now"), own.choose(this, 0, 0, 1));
    assertEquals(Optional.of("now too"), own.choose(this, 0, 1, 1));
    assertEquals(Optional.of("now"), own.choose(this, 0, 2, 1));
    assertEquals(Optional.of("newer"), own.choose(this, 1, 0, 1));
    assertEquals(Optional.empty(), own.choose(this, 2, 0, 1));
    assertEquals(OptionalInt.empty(), own.lacking(this, 0));
    assertEquals(OptionalInt.empty(), own.lacking(this, 1));
    assertEquals(OptionalInt.of(2), own.lacking(this, 2));
  }

  @Test
  void thePoolAloneHasWhatIsPast() {
    AttemptSelector.Selection past = open(new PastAttempts());
    assertEquals(Optional.empty(), past.choose(this, 0, 0, 1));
    assertEquals(Optional.of("older"), past.choose(this, 1, 1, 1));
    assertEquals(OptionalInt.empty(), past.lacking(this, 2));
  }

  @Test
  void theBlindControlShowsTheNextQuestionsAttempt() {
    AttemptSelector.Selection other = open(new OtherAttempts());
    assertEquals(Optional.of("now"), other.choose(this, 2, 0, 1));
    assertEquals(Optional.empty(), other.choose(this, 0, 0, 1));
    assertEquals(OptionalInt.of(1), other.lacking(this, 0));
    assertEquals(OptionalInt.empty(), other.lacking(this, 2));
  }
}
