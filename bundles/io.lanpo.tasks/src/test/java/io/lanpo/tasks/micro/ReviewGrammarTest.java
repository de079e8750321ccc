package io.lanpo.tasks.micro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.tasks.random.WellRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads reviews back and checks every judgement in them. */
class ReviewGrammarTest {
  private final WellRandom random = new WellRandom(4, "reviews");

  @ParameterizedTest
  @CsvSource({
    "4 7 6, 6 4 8, gives 4 7 6 is 6 4 8 : 4 6 m0 7 4 m0 6 8 m0 wrong",
    "6 4 7, 6 4 8, gives 6 4 7 is 6 4 8 : 6 6 m1 4 4 m2 7 8 m2 ok",
    "1 2 3, 1 2 3, gives 1 2 3 is 1 2 3 : 1 1 m1 2 2 m2 3 3 m3 ok",
    "1 2 3, 4 2 5, gives 1 2 3 is 4 2 5 : 1 4 m0 2 2 m1 3 5 m1 wrong",
  })
  void comparesDigitByDigitWithARunningCount(String got, String wanted, String text) {
    assertEquals(text, ReviewGrammar.compare(digits(got), digits(wanted)));
  }

  @ParameterizedTest
  @CsvSource({
    "ADD, ONE, LAST, 6 4 7, 6 4 8, last add one of 7 gives 8 8 yes",
    "TAKE, TWO, FIRST, 1 4 7, 9 4 7, first take two of 1 gives 9 9 yes",
    "TAKE, ONE, MIDDLE, 1 4 7, 9 4 7, middle take one of 4 gives 3 4 no",
  })
  void checksTheChangeOfOneDigit(
      Change.Direction direction,
      Change.Amount amount,
      Change.Place place,
      String got,
      String wanted,
      String text) {
    Change change = new Change(direction, amount, place);
    assertEquals(text, ReviewGrammar.check(change, digits(got), digits(wanted)));
  }

  @Test
  void everyReviewTestsThePlanFirstJudgesRightlyAndEndsAtTheRule() {
    Map<String, Integer> seen = new HashMap<>();
    for (int i = 0; i < 3000; i++) {
      Rule rule = Rule.any(random);
      Rule plan = i % 3 == 0 ? rule : Rule.any(random);
      Example example = Example.of(rule, random);
      Parsed parsed = parse(ReviewGrammar.tests(plan, rule, example, random), example);
      assertEquals(plan.permutation(), parsed.tried.get(0), "the plan is tested first");
      Permutation last = parsed.tried.get(parsed.tried.size() - 1);
      assertEquals(rule, new Rule(last, parsed.changes.get(parsed.changes.size() - 1)));
      assertTrue(parsed.tried.size() <= 3, "at most three tries");
      assertEquals(parsed.tried.size(), parsed.tried.stream().distinct().count(), "no try twice");
      if (plan.permutation() == rule.permutation()) {
        assertEquals(plan.change(), parsed.changes.get(0), "the plan's change is checked first");
      }
      seen.merge(
          parsed.tried.size() + " tries " + parsed.changes.size() + " changes", 1, Integer::sum);
    }
    assertEquals(6, seen.size(), seen::toString);
  }

  private record Parsed(List<Permutation> tried, List<Change> changes) {}

  /** Reads a review word by word; fails at the first word that does not follow from the example. */
  private static Parsed parse(String review, Example example) {
    List<Permutation> tried = new ArrayList<>();
    List<Change> changes = new ArrayList<>();
    boolean settled = false;
    for (String part : review.split(" (?=try |then )")) {
      List<String> words = List.of(part.split(" "));
      if (words.get(0).equals("try")) {
        Permutation permutation = Permutation.valueOf(words.get(1).toUpperCase());
        Digits got = permutation.apply(example.input());
        boolean fits = got.matches(example.output()) >= Example.ENOUGH;
        assertEquals(
            "try %s of %s %s"
                .formatted(
                    words.get(1),
                    example.input().text(),
                    ReviewGrammar.compare(got, example.output())),
            part);
        assertEquals(fits ? "ok" : "wrong", words.get(words.size() - 1), part);
        tried.add(permutation);
      } else {
        Change change =
            new Change(
                Change.Direction.valueOf(words.get(2).toUpperCase()),
                Change.Amount.valueOf(words.get(3).toUpperCase()),
                Change.Place.valueOf(words.get(1).toUpperCase()));
        Digits permuted = tried.get(tried.size() - 1).apply(example.input());
        assertEquals("then " + ReviewGrammar.check(change, permuted, example.output()), part);
        settled = change.apply(permuted).equals(example.output());
        assertEquals(settled ? "yes" : "no", words.get(words.size() - 1), part);
        changes.add(change);
      }
    }
    assertTrue(settled, review);
    return new Parsed(tried, changes);
  }

  private static Digits digits(String text) {
    return MicroWorldTest.digits(List.of(text.split(" ")));
  }
}
