package io.lanpo.tasks.micro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.task.Curriculum;
import io.lanpo.api.task.Exam;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Prompt;
import io.lanpo.api.task.Task;
import io.lanpo.tasks.digits.Digits;
import io.lanpo.tasks.digits.Example;
import io.lanpo.tasks.digits.Permutation;
import io.lanpo.tasks.digits.Rule;
import io.lanpo.tasks.random.WellRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MicroWorldTest {
  private final MicroWorld world = new MicroWorld();
  private final MicroLanguage language = new MicroLanguage();
  private final Task task = open(Map.of(), 7);

  private Task open(Map<String, String> given, long seed) {
    return world.open(Settings.of("test", world.settings(), given), seed);
  }

  @Test
  void hasTheProblemsThatTheSettingsAskFor() {
    assertEquals(12 * 120, task.training().size());
    assertEquals(12 * 16, task.heldOut().size());
    Task small = open(Map.of("operators", "2", "training-inputs", "5", "held-out-inputs", "3"), 7);
    assertEquals(10, small.training().size());
    assertEquals(6, small.heldOut().size());
  }

  @Test
  void sameSeedSameProblemsAndAnotherSeedOthers() {
    assertEquals(task.training(), open(Map.of(), 7).training());
    assertEquals(task.heldOut(), open(Map.of(), 7).heldOut());
    assertNotEquals(
        keys(task), keys(open(Map.of(), 8)), "another seed gives the operators other rules");
  }

  private static List<String> keys(Task task) {
    return task.training().stream().map(p -> p.key().text()).toList();
  }

  @Test
  void heldOutProblemsAreDisjointFromTrainingProblems() {
    Set<String> ids = new HashSet<>();
    all(task).forEach(problem -> assertTrue(ids.add(problem.question().id())));
    Set<String> texts = task.training().stream().map(p -> asked(p)).collect(Collectors.toSet());
    task.heldOut().forEach(p -> assertTrue(!texts.contains(asked(p)), p::toString));
  }

  @Test
  void noExampleShowsAHeldOutInput() {
    Set<String> hidden = task.heldOut().stream().map(p -> asked(p)).collect(Collectors.toSet());
    all(task).forEach(p -> assertTrue(!hidden.contains(shown(p)), p::toString));
  }

  /** Operator and input of the worked example. */
  private static String shown(Problem problem) {
    List<String> words = words(problem.question().text());
    return words.get(0) + " " + String.join(" ", words.subList(2, 5));
  }

  /** Operator and input that are asked about. */
  private static String asked(Problem problem) {
    List<String> words = words(problem.question().text());
    return words.get(0) + " " + String.join(" ", words.subList(words.size() - 4, words.size() - 1));
  }

  @Test
  void eachOperatorHasOneRuleThatExplainsAllItsProblems() {
    Map<String, List<Problem>> byOperator =
        all(task)
            .collect(
                Collectors.groupingBy(p -> Objects.requireNonNull(p.labels().get("operator"))));
    assertEquals(12, byOperator.size());
    Set<Rule> rules = new HashSet<>();
    byOperator.forEach(
        (operator, problems) -> {
          List<Rule> fitting =
              Rule.ALL.stream()
                  .filter(rule -> problems.stream().allMatch(p -> explains(rule, p)))
                  .toList();
          assertEquals(1, fitting.size(), operator + ": " + fitting);
          assertTrue(rules.add(fitting.get(0)), "two operators share a rule");
        });
  }

  private static boolean explains(Rule rule, Problem problem) {
    List<String> words = words(problem.question().text());
    Digits input = digits(words.subList(2, 5));
    Digits asked = digits(words.subList(words.size() - 4, words.size() - 1));
    return rule.apply(input).equals(digits(words.subList(6, 9)))
        && rule.apply(asked).text().equals(problem.key().text());
  }

  static Digits digits(List<String> words) {
    List<Integer> d = words.stream().map(Integer::valueOf).toList();
    return new Digits(d.get(0), d.get(1), d.get(2));
  }

  @Test
  void posesAQuestionPlainly() {
    Problem problem = task.training().get(0);
    assertEquals(
        new Prompt.Plain("problem : " + problem.question().text() + " solution :"),
        task.pose(problem.question()));
  }

  @Test
  void everyWordIsInTheVocabularyOnce() {
    List<String> vocabulary = curriculum().vocabulary();
    Set<String> known = new HashSet<>(vocabulary);
    assertEquals(vocabulary.size(), known.size(), "a word twice");
    all(task).forEach(p -> assertTrue(known.containsAll(words(p.question().text()))));
    assertTrue(known.containsAll(curriculum().wordWeights().keySet()));
  }

  @Test
  void examPassesWhatExecutesItsOwnPlanRightOrWrong() {
    Exam exam = curriculum().exams(new WellRandom(1, "exam")).get(0);
    assertEquals("executes-rules", exam.name());
    assertTrue(exam.items().size() >= 200);
    for (Exam.Item item : exam.items()) {
      List<String> words = words(item.prompt().text());
      int at = words.lastIndexOf("apply");
      String operator = words.get(at + 1);
      Digits input = digits(words.subList(at + 3, at + 6));
      Rule rule = Rule.any(new WellRandom(input.hashCode(), "any"));
      String executed = language.solution(operator, rule, input);
      assertTrue(item.passes().test(executed), executed);
      int last = rule.apply(input).last();
      String slip = executed.substring(0, executed.length() - 1) + (last + 1) % 10;
      assertTrue(!item.passes().test(slip), slip);
      assertTrue(!item.passes().test("answer " + rule.apply(input).text()), "no plan");
      Digits other = input.with(0, (input.first() + 1) % 10);
      assertTrue(!item.passes().test(language.solution(operator, rule, other)), "another input");
    }
  }

  @Test
  void examPassesReviewsThatEndInTheRightSolution() {
    Exam exam = curriculum().exams(new WellRandom(1, "exam")).get(1);
    assertEquals("reviews-attempts", exam.name());
    assertTrue(exam.items().size() >= 100);
    for (Exam.Item item : exam.items()) {
      List<String> words = words(item.prompt().text());
      Digits from = digits(words.subList(4, 7));
      Digits to = digits(words.subList(8, 11));
      Digits input = digits(words.subList(15, 18));
      List<Rule> fitting = Rule.ALL.stream().filter(r -> r.apply(from).equals(to)).toList();
      assertEquals(1, fitting.size());
      Rule rule = fitting.get(0);
      String tests = language.tests(Permutation.KEEP, new Example(from, to));
      String right = language.solution(words.get(2), rule, input);
      assertTrue(item.passes().test(tests + " solution : " + right), right);
      assertTrue(!item.passes().test(tests));
      assertTrue(!item.passes().test(right), "no review");
      Rule other = Rule.ALL.get(rule.equals(Rule.ALL.get(0)) ? 1 : 0);
      String wrong = language.solution(words.get(2), other, input);
      assertTrue(!item.passes().test(tests + " solution : " + wrong), wrong);
      assertTrue(words(tests + " solution : " + right).size() < exam.maxTokens());
    }
  }

  @Test
  void examsAreTheSameForTheSameRandomNumbers() {
    assertEquals(prompts(new WellRandom(3, "a")), prompts(new WellRandom(3, "a")));
  }

  private List<Prompt> prompts(WellRandom random) {
    return curriculum().exams(random).stream()
        .flatMap(exam -> exam.items().stream())
        .map(Exam.Item::prompt)
        .toList();
  }

  @Test
  void refusesMoreOperatorsThanThereAreWords() {
    UserException e = assertThrows(UserException.class, () -> open(Map.of("operators", "25"), 1));
    assertTrue(e.getMessage().contains("operators = 25"), e.getMessage());
  }

  private Curriculum curriculum() {
    return task.curriculum().orElseThrow();
  }

  private static Stream<Problem> all(Task task) {
    return Stream.concat(task.training().stream(), task.heldOut().stream());
  }

  static List<String> words(String text) {
    return Arrays.asList(text.split(" "));
  }
}
