package io.lanpo.tasks.micro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.Settings;
import io.lanpo.api.task.Curriculum;
import io.lanpo.api.task.Demonstration;
import io.lanpo.api.task.Task;
import io.lanpo.tasks.digits.Digits;
import io.lanpo.tasks.digits.Operators;
import io.lanpo.tasks.digits.Rule;
import io.lanpo.tasks.random.WellRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Properties of thousands of demonstrations, checked from their text alone. */
class MicroCurriculumTest {
  private static final Pattern PROBLEM =
      Pattern.compile(
          "problem : (\\w+) of (\\d \\d \\d) is (\\d \\d \\d) \\. apply (\\w+) to (\\d \\d \\d) \\.");
  private static final Pattern SOLUTION =
      Pattern.compile(
          "(\\w+) means (\\w+ then \\w+ \\d) \\. (\\w+) (\\d \\d \\d) gives (\\d \\d \\d)"
              + " answer (\\d \\d \\d)");
  private static final Pattern LESSON =
      Pattern.compile("(principle|pitfall) : (\\w+) (means|is not) (\\w+ then \\w+ \\d) \\.");

  private final MicroWorld world = new MicroWorld();
  private final Task task = world.open(Settings.defaults(world.settings()), 11);
  private final Curriculum curriculum = task.curriculum().orElseThrow();
  private final List<Demonstration> replays = new ArrayList<>();
  private final List<Demonstration> demonstrations = demonstrations();

  private List<Demonstration> demonstrations() {
    WellRandom random = new WellRandom(5, "demonstrations");
    List<Demonstration> all = new ArrayList<>();
    for (int i = 0; i < 4000; i++) {
      all.add(curriculum.demonstrate(i / 4000.0, random));
    }
    for (int i = 0; i < 1000; i++) {
      replays.add(curriculum.replay(random));
    }
    all.addAll(replays);
    return all;
  }

  @Test
  void useOnlyWordsOfTheVocabulary() {
    Set<String> known = new HashSet<>(curriculum.vocabulary());
    demonstrations.forEach(
        d -> assertTrue(known.containsAll(Arrays.asList(all(d).split(" "))), () -> all(d)));
  }

  @Test
  void replayNeverUsesAnOperatorOfTheTask() {
    replays.forEach(d -> assertTrue(noneOfTheTask(d), () -> all(d)));
  }

  @Test
  void withoutIntroductionNoDemonstrationUsesAnOperatorOfTheTask() {
    Settings settings =
        Settings.of("test", world.settings(), Map.of("introduce-operators", "false"));
    Curriculum strict = world.open(settings, 11).curriculum().orElseThrow();
    WellRandom random = new WellRandom(5, "demonstrations");
    for (int i = 0; i < 2000; i++) {
      Demonstration d = strict.demonstrate(i / 2000.0, random);
      assertTrue(noneOfTheTask(d), () -> all(d));
    }
  }

  private static boolean noneOfTheTask(Demonstration d) {
    return Arrays.stream(all(d).split(" ")).noneMatch(Operators.TASK::contains);
  }

  @Test
  void heldOutOperatorsAreOfNoTaskAndNoReplay() {
    Task largest = world.open(Settings.of("test", world.settings(), Map.of("operators", "24")), 11);
    List<String> texts = new ArrayList<>();
    replays.forEach(d -> texts.add(all(d)));
    largest.training().forEach(p -> texts.add(p.question().text()));
    largest.heldOut().forEach(p -> texts.add(p.question().text()));
    texts.forEach(
        text ->
            assertTrue(
                Arrays.stream(text.split(" ")).noneMatch(Operators.HELD_OUT::contains), text));
  }

  /** The cold start is the same whatever an operator means: no rule is favoured. */
  @Test
  void demonstrationsDoNotDependOnTheRulesToBeLearned() {
    Map<String, Map<String, Integer>> counts = new HashMap<>();
    WellRandom random = new WellRandom(8, "independence");
    for (int i = 0; i < 20000; i++) {
      Demonstration d = curriculum.demonstrate(0.1, random);
      Matcher m = SOLUTION.matcher(d.completion());
      if (m.matches() && Operators.TASK.contains(m.group(1))) {
        counts.computeIfAbsent(m.group(1), k -> new HashMap<>()).merge(m.group(2), 1, Integer::sum);
      }
    }
    assertEquals(Set.copyOf(Operators.TASK), counts.keySet());
    counts.forEach(
        (operator, rules) -> {
          int all = rules.values().stream().mapToInt(n -> n).sum();
          int most = rules.values().stream().mapToInt(n -> n).max().orElseThrow();
          assertTrue(all > 100 && most < 0.1 * all, operator + " favours a rule: " + rules);
        });
  }

  @Test
  void everySolutionIsExecutedRightly() {
    int seen = 0;
    for (Demonstration d : demonstrations) {
      Matcher problem = PROBLEM.matcher(d.prompt().text());
      if (d.prompt().text().endsWith("lesson :") || !problem.find()) {
        continue;
      }
      Matcher m = SOLUTION.matcher(solution(d));
      assertTrue(m.matches(), () -> all(d));
      Rule rule = Rule.of(m.group(2)).orElseThrow();
      assertEquals(problem.group(1), m.group(1));
      assertEquals(problem.group(1), problem.group(4));
      assertEquals(problem.group(5), m.group(4));
      assertEquals(rule.permutation().word(), m.group(3));
      assertEquals(rule.permutation().apply(digits(m.group(4))), digits(m.group(5)));
      assertEquals(rule.apply(digits(m.group(4))), digits(m.group(6)));
      seen++;
    }
    assertTrue(seen > 2500, "only " + seen + " solutions");
  }

  @Test
  void aSolutionWithAPrincipleOrAReviewIsRightUnderTheRuleThatTheExampleShows() {
    int[] seen = {0, 0, 0};
    for (Demonstration d : demonstrations) {
      String prompt = d.prompt().text();
      boolean principle = prompt.startsWith("principle");
      boolean review = prompt.startsWith("problem") && prompt.endsWith("review :");
      Matcher problem = PROBLEM.matcher(prompt);
      boolean known =
          prompt.startsWith("problem")
              && prompt.endsWith("solution :")
              && problem.find()
              && Operators.KNOWN.contains(problem.group(1));
      problem.reset();
      if (principle || review || known) {
        Matcher m = SOLUTION.matcher(solution(d));
        assertTrue(problem.find() && m.matches(), () -> all(d));
        Rule rule = Rule.of(m.group(2)).orElseThrow();
        assertEquals(digits(problem.group(3)), rule.apply(digits(problem.group(2))), () -> all(d));
        seen[principle ? 0 : review ? 1 : 2]++;
      }
    }
    assertTrue(seen[0] > 300 && seen[1] > 800 && seen[2] > 300, Arrays.toString(seen));
  }

  @Test
  void aReviewBeginsWithThePlanOfTheAttempt() {
    int[] right = {0, 0};
    for (Demonstration d : demonstrations) {
      String prompt = d.prompt().text();
      if (prompt.startsWith("problem") && prompt.endsWith("review :")) {
        Matcher attempt = SOLUTION.matcher(prompt);
        assertTrue(attempt.find(), () -> all(d));
        String permutation = attempt.group(2).split(" ")[0];
        assertTrue(d.completion().startsWith("try " + permutation + " "), () -> all(d));
        right[
            attempt.group(6).equals(d.completion().substring(d.completion().length() - 5))
                ? 0
                : 1]++;
      }
    }
    assertTrue(
        right[0] > 100 && right[1] > 500, "right and wrong attempts: " + Arrays.toString(right));
  }

  @Test
  void aKnownOperatorKeepsItsRuleInPlainProblemsAndAPracticeOperatorDoesNot() {
    Map<String, Set<String>> rules = new HashMap<>();
    for (Demonstration d : demonstrations) {
      Matcher m = SOLUTION.matcher(d.completion());
      if (d.prompt().text().startsWith("problem") && m.matches()) {
        rules.computeIfAbsent(m.group(1), k -> new HashSet<>()).add(m.group(2));
      }
    }
    Operators.KNOWN.forEach(
        word -> assertEquals(1, rules.getOrDefault(word, Set.of()).size(), word));
    Operators.PRACTICE.forEach(
        word -> assertTrue(rules.getOrDefault(word, Set.of()).size() > 5, word));
  }

  @Test
  void aPrincipleBeforeAProblemHoldsAndAPitfallDoesNot() {
    int[] seen = {0, 0};
    for (Demonstration d : demonstrations) {
      Matcher lesson = LESSON.matcher(d.prompt().text());
      Matcher solution = SOLUTION.matcher(d.completion());
      if (lesson.lookingAt() && solution.matches()) {
        boolean principle = lesson.group(1).equals("principle");
        assertEquals(principle, lesson.group(4).equals(solution.group(2)), () -> all(d));
        assertEquals(lesson.group(2), solution.group(1));
        seen[principle ? 0 : 1]++;
      }
    }
    assertTrue(seen[0] > 300 && seen[1] > 50, Arrays.toString(seen));
  }

  @Test
  void aLessonIsAboutTheAttemptAndAgreesWithItsVerdict() {
    int[] seen = {0, 0};
    for (Demonstration d : demonstrations) {
      String prompt = d.prompt().text();
      if (!prompt.endsWith("lesson :")) {
        continue;
      }
      Matcher problem = PROBLEM.matcher(prompt);
      Matcher attempt = SOLUTION.matcher(prompt);
      Matcher lesson = LESSON.matcher(d.completion());
      assertTrue(problem.find() && attempt.find() && lesson.matches(), () -> all(d));
      boolean solved = prompt.endsWith("right_ lesson :");
      assertEquals(solved ? "principle" : "pitfall", lesson.group(1));
      assertEquals(attempt.group(2), lesson.group(4), () -> all(d));
      Rule plan = Rule.of(attempt.group(2)).orElseThrow();
      boolean fits = plan.apply(digits(problem.group(2))).equals(digits(problem.group(3)));
      assertEquals(solved, fits, () -> all(d));
      seen[solved ? 0 : 1]++;
    }
    assertTrue(seen[0] > 100 && seen[1] > 100, Arrays.toString(seen));
  }

  @Test
  void theMixChangesOverTheColdStart() {
    WellRandom random = new WellRandom(6, "mix");
    assertTrue(reviews(0.1, random) < 0.15);
    assertTrue(reviews(0.9, random) > 0.3);
  }

  private double reviews(double progress, WellRandom random) {
    int reviews = 0;
    for (int i = 0; i < 1000; i++) {
      String prompt = curriculum.demonstrate(progress, random).prompt().text();
      reviews += prompt.startsWith("problem") && prompt.endsWith("review :") ? 1 : 0;
    }
    return reviews / 1000.0;
  }

  @Test
  void sameRandomNumbersSameDemonstrations() {
    WellRandom one = new WellRandom(9, "x");
    WellRandom two = new WellRandom(9, "x");
    for (int i = 0; i < 200; i++) {
      assertEquals(curriculum.demonstrate(i / 200.0, one), curriculum.demonstrate(i / 200.0, two));
    }
  }

  /** The completion, without a review. */
  private static String solution(Demonstration d) {
    String marker = " solution : ";
    int at = d.completion().lastIndexOf(marker);
    return at < 0 ? d.completion() : d.completion().substring(at + marker.length());
  }

  private static String all(Demonstration d) {
    return d.prompt().text() + " " + d.completion();
  }

  private static Digits digits(String text) {
    return MicroWorldTest.digits(List.of(text.split(" ")));
  }
}
