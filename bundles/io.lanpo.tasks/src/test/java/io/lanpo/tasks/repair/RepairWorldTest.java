package io.lanpo.tasks.repair;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.Settings;
import io.lanpo.api.task.Curriculum;
import io.lanpo.api.task.Demonstration;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Task;
import io.lanpo.tasks.digits.Digits;
import io.lanpo.tasks.digits.Example;
import io.lanpo.tasks.digits.Operators;
import io.lanpo.tasks.digits.Permutation;
import io.lanpo.tasks.digits.Rule;
import io.lanpo.tasks.random.WellRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RepairWorldTest {
  private static final Pattern REVIEW =
      Pattern.compile(
          "problem : (\\w+) of (\\d \\d \\d) is (\\d \\d \\d) .* attempt : \\w+ means (.*?) \\. .* review :");
  private static final Pattern SOLUTION =
      Pattern.compile("(?:.* solution : )?(\\w+) means (.*?) \\. .* answer (\\d \\d \\d \\w+)");
  private static final double SLACK = 0.003;

  private final RepairWorld world = new RepairWorld();
  private final RepairLanguage language = new RepairLanguage();
  private final Task task = world.open(Settings.defaults(world.settings()), 5);
  private final WellRandom random = new WellRandom(5, "demonstrations");

  @Test
  void anOperatorHasOneMeaningOfWhichExamplesShowTheRuleOnly() {
    assertEquals(432, Meaning.ALL.size());
    Map<String, List<Problem>> byOperator =
        task.training().stream()
            .collect(
                Collectors.groupingBy(p -> Objects.requireNonNull(p.labels().get("operator"))));
    byOperator.forEach(
        (operator, problems) -> {
          Set<String> marks = new HashSet<>();
          Set<Rule> rules = new HashSet<>(Rule.ALL);
          for (Problem problem : problems) {
            String[] words = problem.question().text().split(" ");
            Digits input = digits(words, 2);
            Digits asked = digits(words, 13);
            marks.add(problem.key().text().split(" ")[3]);
            rules.removeIf(rule -> !rule.apply(input).equals(digits(words, 6)));
            assertEquals(
                problem.key().text().substring(0, 5),
                rules.iterator().next().apply(asked).text(),
                operator);
          }
          assertEquals(1, marks.size(), operator);
          assertEquals(1, rules.size(), operator);
        });
  }

  private static Digits digits(String[] words, int at) {
    return new Digits(
        Integer.parseInt(words[at]),
        Integer.parseInt(words[at + 1]),
        Integer.parseInt(words[at + 2]));
  }

  @Test
  void everyWordIsInTheVocabularyOnce() {
    List<String> vocabulary = curriculum().vocabulary();
    Set<String> known = new HashSet<>(vocabulary);
    assertEquals(vocabulary.size(), known.size());
    for (int i = 0; i < 4000; i++) {
      Demonstration d = curriculum().demonstrate(i / 4000.0, random);
      String text = d.prompt().text() + " " + d.completion();
      assertTrue(known.containsAll(Arrays.asList(text.split(" "))), text);
      assertTrue(text.split(" ").length < 96, text);
    }
    task.training().forEach(p -> assertTrue(known.containsAll(List.of(p.key().text().split(" ")))));
  }

  @Test
  void aReviewKeepsTheMarkAndRepairsThePermutationByOneStepAtMost() {
    int[] seen = {0, 0, 0};
    for (int i = 0; i < 6000; i++) {
      Demonstration d = curriculum().demonstrate(0.9, random);
      Matcher asked = REVIEW.matcher(d.prompt().text());
      if (!asked.matches()) {
        continue;
      }
      Matcher refined = SOLUTION.matcher(d.completion());
      assertTrue(refined.matches(), d.completion());
      Meaning attempted = Meaning.of(asked.group(4)).orElseThrow();
      Meaning concluded = Meaning.of(refined.group(2)).orElseThrow();
      Example example =
          new Example(digits(asked.group(2).split(" "), 0), digits(asked.group(3).split(" "), 0));
      assertEquals(attempted.mark(), concluded.mark(), d.completion());
      Permutation tested = attempted.rule().permutation();
      boolean fits = example.fits(tested);
      assertEquals(fits ? tested : tested.next(), concluded.rule().permutation(), d.completion());
      assertEquals(fits, !d.completion().contains(" wrong "), d.completion());
      boolean right = concluded.rule().apply(example.input()).equals(example.output());
      assertEquals(example.fits(concluded.rule().permutation()), right, d.completion());
      seen[fits ? 0 : right ? 1 : 2]++;
    }
    assertTrue(Arrays.stream(seen).allMatch(n -> n > 300), Arrays.toString(seen));
  }

  @Test
  void aPrincipleTellsTheMarkAndNothingElse() {
    int principles = 0;
    Set<Boolean> rulesHold = new HashSet<>();
    for (int i = 0; i < 3000; i++) {
      Demonstration d = curriculum().demonstrate(0.1, random);
      Matcher solution = SOLUTION.matcher(d.completion());
      if (d.prompt().text().startsWith("principle") && solution.matches()) {
        String[] words = d.prompt().text().split(" ");
        Meaning plan = Meaning.of(solution.group(2)).orElseThrow();
        assertEquals(words[4], plan.mark().word(), d.prompt().text());
        rulesHold.add(plan.rule().apply(digits(words, 10)).equals(digits(words, 14)));
        principles++;
      }
    }
    assertTrue(principles > 500);
    assertEquals(Set.of(true, false), rulesHold, "the rule is a guess");
  }

  /** What the documentation of the world says of chances from nothing. */
  @Test
  void chancesFromNothing() {
    int draws = 40_000;
    int reviewed = 0;
    for (int i = 0; i < draws; i++) {
      Meaning meaning = Meaning.any(random);
      Example example = Example.of(meaning.rule(), random);
      reviewed +=
          language.review(Meaning.any(random), example).conclusion().equals(meaning) ? 1 : 0;
    }
    assertEquals(1 / 24.0, reviewed / (double) draws, SLACK);
  }

  @Test
  void readsAMeaningBackFromItsText() {
    Meaning.ALL.forEach(m -> assertEquals(m, Meaning.of(m.text()).orElseThrow()));
    for (String other : List.of("right then last 9", "right then last 9 and", "red", "")) {
      assertFalse(Meaning.of(other).isPresent(), other);
    }
  }

  @Test
  void examsAskForWhatTheLanguageSays() {
    var exams = curriculum().exams(new WellRandom(1, "exam"));
    assertEquals(
        List.of("executes-rules", "reviews-attempts"), exams.stream().map(e -> e.name()).toList());
    String question = "zim of 4 7 6 is 6 4 9 . apply zim to 8 6 8 .";
    String right = "zim means right then last 9 and red . right 8 6 8 gives 8 8 6 answer 8 8 9 red";
    assertTrue(language.executed(question, right));
    assertFalse(language.executed(question, right.replace("9 red", "9 blue")), "another mark");
    assertFalse(language.executed(question, right.replace("gives 8 8 6", "gives 8 6 8")), "a slip");
  }

  @Test
  void replayNeverUsesAnOperatorOfTheTask() {
    for (int i = 0; i < 1000; i++) {
      Demonstration d = curriculum().replay(random);
      assertTrue(Arrays.stream(d.prompt().text().split(" ")).noneMatch(Operators.TASK::contains));
    }
  }

  private Curriculum curriculum() {
    return task.curriculum().orElseThrow();
  }
}
