package io.lanpo.tasks.micro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.Settings;
import io.lanpo.api.task.Curriculum;
import io.lanpo.api.task.Demonstration;
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
          "(\\w+) means (\\w+ then \\w+ \\w+ \\w+) \\. (\\w+) to (\\d \\d \\d) gives (\\d \\d \\d)"
              + " answer (\\d \\d \\d)");
  private static final Pattern LESSON =
      Pattern.compile("(principle|pitfall) : (\\w+) (means|is not) (\\w+ then \\w+ \\w+ \\w+) \\.");

  private final Curriculum curriculum =
      new MicroWorld()
          .open(Settings.defaults(new MicroWorld().settings()), 11)
          .curriculum()
          .orElseThrow();
  private final List<Demonstration> demonstrations = demonstrations();

  private List<Demonstration> demonstrations() {
    WellRandom random = new WellRandom(5, "demonstrations");
    List<Demonstration> all = new ArrayList<>();
    for (int i = 0; i < 4000; i++) {
      all.add(curriculum.demonstrate(i / 4000.0, random));
    }
    for (int i = 0; i < 1000; i++) {
      all.add(curriculum.replay(random));
    }
    return all;
  }

  @Test
  void useOnlyWordsOfTheVocabulary() {
    Set<String> known = new HashSet<>(curriculum.vocabulary());
    demonstrations.forEach(
        d -> assertTrue(known.containsAll(Arrays.asList(all(d).split(" "))), () -> all(d)));
  }

  @Test
  void neverUseAnOperatorOfTheTask() {
    Set<String> task = new HashSet<>(Words.TASK);
    demonstrations.forEach(
        d -> assertTrue(Arrays.stream(all(d).split(" ")).noneMatch(task::contains), () -> all(d)));
  }

  @Test
  void everySolutionFollowsARuleThatTheExampleShowsAndIsExecutedRightly() {
    int seen = 0;
    for (Demonstration d : demonstrations) {
      Matcher problem = PROBLEM.matcher(d.prompt().text());
      if (!problem.find() || d.prompt().text().endsWith("lesson :")) {
        continue;
      }
      String text = d.completion();
      String solution =
          text.substring(
              text.lastIndexOf("solution : ") < 0 ? 0 : text.lastIndexOf("solution : ") + 11);
      Matcher m = SOLUTION.matcher(solution);
      assertTrue(m.matches(), solution);
      Rule rule = Rule.of(m.group(2)).orElseThrow();
      assertEquals(digits(problem.group(3)), rule.apply(digits(problem.group(2))), () -> all(d));
      assertEquals(problem.group(1), m.group(1));
      assertEquals(problem.group(1), problem.group(4));
      assertEquals(problem.group(5), m.group(4));
      assertEquals(rule.permutation().word(), m.group(3));
      assertEquals(rule.permutation().apply(digits(m.group(4))), digits(m.group(5)));
      assertEquals(rule.apply(digits(m.group(4))), digits(m.group(6)));
      seen++;
    }
    assertTrue(seen > 3000, "only " + seen + " solutions");
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
    Words.KNOWN.forEach(word -> assertEquals(1, rules.getOrDefault(word, Set.of()).size(), word));
    Words.PRACTICE.forEach(word -> assertTrue(rules.getOrDefault(word, Set.of()).size() > 5, word));
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
    assertTrue(seen[0] > 500 && seen[1] > 50, Arrays.toString(seen));
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
    assertTrue(reviews(0.9, random) > 0.35);
  }

  private double reviews(double progress, WellRandom random) {
    int reviews = 0;
    for (int i = 0; i < 1000; i++) {
      reviews +=
          curriculum.demonstrate(progress, random).prompt().text().endsWith("review :") ? 1 : 0;
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

  private static String all(Demonstration d) {
    return d.prompt().text() + " " + d.completion();
  }

  private static Digits digits(String text) {
    return MicroWorldTest.digits(List.of(text.split(" ")));
  }
}
