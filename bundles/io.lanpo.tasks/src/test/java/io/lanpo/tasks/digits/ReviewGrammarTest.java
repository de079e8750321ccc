package io.lanpo.tasks.digits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.tasks.random.WellRandom;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReviewGrammarTest {
  private final WellRandom random = new WellRandom(4, "reviews");

  @ParameterizedTest
  @CsvSource({
    "RIGHT, 4 7 6, 6 4 8, try right 6 6 same 4 4 ok",
    "TUCK, 4 7 6, 6 4 8, try tuck 4 6 diff 6 4 wrong",
    "SWAP, 4 7 6, 6 4 8, try swap 7 6 diff 4 4 yet 6 8 wrong",
    "KEEP, 4 7 6, 1 7 6, try keep 4 1 diff 7 7 yet 6 6 ok",
    "KEEP, 4 7 6, 4 1 6, try keep 4 4 same 7 1 but 6 6 ok",
    "REVERSE, 4 7 6, 6 1 5, try reverse 6 6 same 7 1 but 4 5 wrong",
  })
  void testsAPermutationDigitByDigit(
      Permutation permutation, String input, String output, String text) {
    assertEquals(text, ReviewGrammar.test(permutation, new Example(digits(input), digits(output))));
  }

  @Test
  void goesOnToTheNextPermutationUntilOneFits() {
    Example example = new Example(digits("4 7 6"), digits("6 4 8"));
    assertEquals(
        "try swap 7 6 diff 4 4 yet 6 8 wrong try tuck 4 6 diff 6 4 wrong try keep 4 6 diff 7 4 wrong"
            + " try reverse 6 6 same 7 4 but 4 8 wrong try left 7 6 diff 6 4 wrong"
            + " try right 6 6 same 4 4 ok then last 8",
        search(Permutation.SWAP, example));
  }

  @Test
  void everyVerdictIsRightAndTheReviewEndsAtTheRuleThatHolds() {
    Map<Integer, Integer> tries = new HashMap<>();
    for (Rule rule : Rule.ALL) {
      for (Permutation plan : Permutation.values()) {
        Example example = Example.of(rule, random);
        tries.merge(check(search(plan, example), plan, rule, example), 1, Integer::sum);
      }
    }
    assertEquals(Set.of(1, 2, 3, 4, 5, 6), tries.keySet());
  }

  /** Judges every test of a review again, by all three digits; returns how many there are. */
  private static int check(String review, Permutation plan, Rule rule, Example example) {
    String[] parts = review.split(" (?=try |then )");
    Set<Permutation> tried = new HashSet<>();
    for (int i = 0; i < parts.length - 1; i++) {
      List<String> words = List.of(parts[i].split(" "));
      Permutation permutation = Permutation.valueOf(words.get(1).toUpperCase());
      Digits got = permutation.apply(example.input());
      assertTrue(tried.add(permutation), "no permutation twice: " + review);
      assertEquals(i == 0, permutation == plan, "the plan's permutation comes first: " + review);
      boolean fits = got.matches(example.output()) >= 2;
      assertEquals(fits ? "ok" : "wrong", words.get(words.size() - 1), review);
      assertEquals(fits, i == parts.length - 2, "stops at the first that fits: " + review);
      List<String> states = List.of("same", "diff", "but", "yet", "ok", "wrong");
      List<String> pairs =
          words.subList(2, words.size()).stream().filter(w -> !states.contains(w)).toList();
      for (int place = 0; place < pairs.size() / 2; place++) {
        assertEquals(Integer.toString(got.at(place)), pairs.get(2 * place), review);
        assertEquals(
            Integer.toString(example.output().at(place)), pairs.get(2 * place + 1), review);
      }
      assertTrue(pairs.size() == 4 || pairs.size() == 6, review);
    }
    assertEquals("then " + rule.overwrite().text(), parts[parts.length - 1]);
    return parts.length - 1;
  }

  @Test
  void everyStateFollowsFromTheThreeWordsBeforeIt() {
    Map<String, Set<String>> follows = new HashMap<>();
    Set<String> states = ReviewGrammar.WEIGHTS.keySet();
    for (int i = 0; i < 5000; i++) {
      Rule rule = Rule.any(random);
      String[] words = search(Rule.any(random).permutation(), Example.of(rule, random)).split(" ");
      for (int at = 3; at < words.length; at++) {
        if (states.contains(words[at])) {
          String before =
              words[at - 3].matches("\\w+") && states.contains(words[at - 3]) ? words[at - 3] : "-";
          boolean equal = words[at - 2].equals(words[at - 1]);
          follows.computeIfAbsent(before + " " + equal, k -> new HashSet<>()).add(words[at]);
        }
      }
    }
    assertEquals(10, follows.size(), follows::toString);
    follows.forEach((before, state) -> assertEquals(1, state.size(), before + " -> " + state));
  }

  @Test
  void takesTheLastPermutationWhenThereAreNoMoreTests() {
    Example example = new Example(digits("4 7 6"), digits("6 4 8"));
    Language.Review<Rule> review = ReviewGrammar.search(Permutation.LEFT, example, 2);
    assertEquals(
        "try left 7 6 diff 6 4 wrong try right 6 6 same 4 4 ok then last 8", review.tests());
    assertEquals(Rule.of("right then last 8").orElseThrow(), review.conclusion());
    Language.Review<Rule> farther = ReviewGrammar.search(Permutation.SWAP, example, 2);
    assertEquals(
        "try swap 7 6 diff 4 4 yet 6 8 wrong try tuck 4 6 diff 6 4 wrong then first 6",
        farther.tests());
    assertEquals(Rule.of("tuck then first 6").orElseThrow(), farther.conclusion());
  }

  private static String search(Permutation first, Example example) {
    return ReviewGrammar.search(first, example, Permutation.values().length).tests();
  }

  private static Digits digits(String text) {
    return RuleTest.digits(text);
  }
}
