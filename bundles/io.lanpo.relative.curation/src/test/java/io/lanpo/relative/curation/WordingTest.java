package io.lanpo.relative.curation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.feedback.Lesson.Kind;
import io.lanpo.api.task.Question;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordingTest {
  private static Wording wording(Kind kind, String text) {
    return Wording.of(new Lesson("l", kind, text, new Question("q", "q")));
  }

  /** The last two have 4 pairs of words in common, of 6. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Check the parity.     | check  the PARITY !         | 1    | true",
        "check the parity      | check the sign              | 1    | false",
        "multiply, then add    | add, then multiply          | 0.1  | false",
        "halve 12 of the first | halve 13 of the first       | 0.1  | false",
        "zim means last 8 .    | zim means last 8            | 1    | true",
        "zim means last 8 .    | zim means last 7 .          | 0.1  | false",
        "yes                   | no                          | 0.1  | false",
        "a b c d e f           | a b c d e g                 | 0.66 | true",
        "a b c d e f           | a b c d e g                 | 0.67 | false",
      })
  void saysTheSame(String one, String other, double share, boolean same) {
    assertEquals(same, wording(Kind.PITFALL, one).says(wording(Kind.PITFALL, other), share));
    assertEquals(same, wording(Kind.PITFALL, other).says(wording(Kind.PITFALL, one), share));
  }

  @Test
  void aPrincipleIsNoPitfall() {
    assertFalse(wording(Kind.PRINCIPLE, "add").says(wording(Kind.PITFALL, "add"), 0.1));
  }
}
