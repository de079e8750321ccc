package io.lanpo.libs.question;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.task.Question;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NearDuplicatesTest {
  private static final Question HATS =
      q("a", "A shop has 12 red hats and 7 blue hats. It sells 5 red hats. How many are left?");

  private static Question q(String id, String text) {
    return new Question(id, text);
  }

  private static boolean same(String text) {
    return new NearDuplicates(0.1).same(HATS, q("b", text));
  }

  @Test
  void theSameProblemInOtherWordsIsFound() {
    assertTrue(
        same("a shop has 12 red hats, and 7 blue hats; it sells 5 red hats - how many left"));
    assertTrue(
        same(
            "After selling five of its red hats, how many hats remain in a shop that started with a"
                + " dozen red ones and seven blue ones?"));
    assertTrue(
        same(
            "Of 12 red hats 5 are sold. Background those 12, a shop has 7 blue hats. How many stay?"));
  }

  @Test
  void otherNumbersOrAnotherStoryAreAnotherProblem() {
    assertFalse(
        same("A shop has 12 red hats and 8 blue hats. It sells 5 red hats. How many are left?"));
    assertFalse(same("Trains with 12 cars need 7 brakemen each; nobody counts 5 spare engines"));
  }

  @Test
  void fewNumbersNeedMostWords() {
    NearDuplicates none = new NearDuplicates(0.1);
    Question prime = q("p", "Is the number 91 a prime number?");
    assertTrue(none.same(prime, q("x", "Is 91 a prime number?")));
    assertFalse(none.same(prime, q("x", "How many digits does the number 91 have?")));
  }

  @Test
  void aTwoThatOnlyOneTextMentionsNeedsMostWords() {
    NearDuplicates duplicates = new NearDuplicates(0.1);
    Question sum =
        q("s", "The sum of two numbers is 50 and one is 4 times the other. Which is less?");
    Question twin = q("t", "One number is four times the other; their sum is 50. Which is less?");
    assertTrue(duplicates.same(sum, twin));
    duplicates.index(List.of(sum));
    assertEquals(Set.of(sum), duplicates.of(twin));
    assertFalse(
        duplicates.same(sum, q("x", "Fifty hens sit in 4 rows. How many hens are in a row?")));
  }

  @Test
  void orderAndRepetitionOfDigitsTellMicroProblemsApart() {
    NearDuplicates strict = new NearDuplicates(0);
    Question zim = q("z", "zim of 4 7 6 is 6 4 8 . apply zim to 8 6 8 .");
    assertFalse(strict.same(zim, q("y", "zim of 4 7 6 is 6 4 4 . apply zim to 8 6 8 .")));
    assertFalse(strict.same(zim, q("y", "zim of 4 7 6 is 6 4 8 . apply zim to 8 6 4 .")));
  }

  @Test
  void anIndexForgetsWhatIsNoLongerGiven() {
    NearDuplicates duplicates = new NearDuplicates(0.1);
    duplicates.index(List.of(HATS));
    assertEquals(Set.of(HATS), duplicates.of(q("b", HATS.text() + " Please.")));
    duplicates.index(List.of());
    assertEquals(Set.of(), duplicates.of(HATS));
  }
}
