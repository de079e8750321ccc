package io.lanpo.tasks.micro;

import io.lanpo.api.task.Prompt;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sentences of the micro-world: questions, solutions, lessons and the prompts around them. */
final class Sentences {
  /**
   * The words of this class. {@code right_}, of an attempt that was right, is another word than
   * {@code right}, the permutation.
   */
  static final List<String> WORDS =
      List.of(
          ("problem : . apply to of is solution means then gives answer principle pitfall not attempt"
                  + " review right_ wrong lesson drill")
              .split(" "));

  private static final Pattern QUESTION =
      Pattern.compile(
          "(\\w+) of (\\d) (\\d) (\\d) is (\\d) (\\d) (\\d) \\. apply \\1 to (\\d) (\\d) (\\d) \\.");
  private static final Pattern SOLUTION =
      Pattern.compile("(\\w+) means (\\w+ then \\w+ \\d) \\. .*");

  private Sentences() {}

  /** {@code zim of 4 7 6 is 6 4 8 . apply zim to 8 6 8 .} */
  static String question(String operator, Example example, Digits input) {
    return shown(operator, example) + " apply " + operator + " to " + input.text() + " .";
  }

  /** {@code zim of 4 7 6 is 6 4 8 .} */
  private static String shown(String operator, Example example) {
    return "%s of %s is %s .".formatted(operator, example.input().text(), example.output().text());
  }

  /** {@code zim means right then last 8 . right 8 6 8 gives 8 8 6 answer 8 8 8} */
  static String solution(String operator, Rule rule, Digits input) {
    return "%s means %s . %s %s gives %s answer %s"
        .formatted(
            operator,
            rule.text(),
            rule.permutation().word(),
            input.text(),
            rule.permutation().apply(input).text(),
            rule.apply(input).text());
  }

  /** {@code principle : zim means right then last 8 .} */
  static String principle(String operator, Rule rule) {
    return "principle : %s means %s .".formatted(operator, rule.text());
  }

  /** {@code pitfall : zim is not right then last 8 .} */
  static String pitfall(String operator, Rule rule) {
    return "pitfall : %s is not %s .".formatted(operator, rule.text());
  }

  /** The plain prompt. */
  static Prompt pose(String question) {
    return new Prompt.Plain("problem : " + question + " solution :");
  }

  /** A question with a lesson from another problem. */
  static Prompt poseWithLesson(String lesson, String question) {
    return new Prompt.Plain(lesson + " problem : " + question + " solution :");
  }

  /** Asks for a review of an attempt. */
  static Prompt askReview(String question, String attempt) {
    return new Prompt.Plain("problem : " + question + " attempt : " + attempt + " review :");
  }

  /** Asks for the tests of a review, without an attempt. */
  static Prompt askDrill(String operator, Example example) {
    return new Prompt.Plain("drill : " + shown(operator, example) + " review :");
  }

  /** Asks for a lesson from an attempt. */
  static Prompt askLesson(String question, String attempt, boolean solved) {
    return new Prompt.Plain(
        "problem : "
            + question
            + " attempt : "
            + attempt
            + (solved ? " right_" : " wrong")
            + " lesson :");
  }

  /**
   * Whether a solution is executed as it was planned: it states a rule and carries it out on the
   * question's input. The rule need not be the right one.
   */
  static boolean executed(String question, String solution) {
    Matcher asked = QUESTION.matcher(question);
    Matcher planned = SOLUTION.matcher(solution);
    if (!asked.matches() || !planned.matches()) {
      return false;
    }
    Digits input =
        new Digits(
            Integer.parseInt(asked.group(8)),
            Integer.parseInt(asked.group(9)),
            Integer.parseInt(asked.group(10)));
    Optional<Rule> rule = Rule.of(planned.group(2));
    return rule.isPresent() && solution.equals(solution(planned.group(1), rule.get(), input));
  }
}
