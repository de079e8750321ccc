package io.lanpo.tasks.digits;

import io.lanpo.api.task.Prompt;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The questions of the small worlds, and the prompts around them. */
public final class Prompts {
  private static final Pattern QUESTION =
      Pattern.compile(
          "(\\w+) of (\\d) (\\d) (\\d) is (\\d) (\\d) (\\d) \\. apply \\1 to (\\d) (\\d) (\\d) \\.");

  private Prompts() {}

  /** {@code zim of 4 7 6 is 6 4 8 . apply zim to 8 6 8 .} */
  public static String question(String operator, Example example, Digits input) {
    return shown(operator, example) + " apply " + operator + " to " + input.text() + " .";
  }

  /** {@code zim of 4 7 6 is 6 4 8 .} */
  private static String shown(String operator, Example example) {
    return "%s of %s is %s .".formatted(operator, example.input().text(), example.output().text());
  }

  /** What the operator of a question is to be applied to; empty when it is no question. */
  public static Optional<Digits> input(String question) {
    Matcher asked = QUESTION.matcher(question);
    return asked.matches()
        ? Optional.of(
            new Digits(
                Integer.parseInt(asked.group(8)),
                Integer.parseInt(asked.group(9)),
                Integer.parseInt(asked.group(10))))
        : Optional.empty();
  }

  /** The plain prompt. */
  public static Prompt pose(String question) {
    return new Prompt.Plain("problem : " + question + " solution :");
  }

  /** A question with a lesson from another problem. */
  public static Prompt poseWithLesson(String lesson, String question) {
    return new Prompt.Plain(lesson + " problem : " + question + " solution :");
  }

  /** Asks for a review of an attempt. */
  public static Prompt askReview(String question, String attempt) {
    return new Prompt.Plain("problem : " + question + " attempt : " + attempt + " review :");
  }

  /** Asks for the tests of a review, without an attempt. */
  public static Prompt askDrill(String operator, Example example) {
    return new Prompt.Plain("drill : " + shown(operator, example) + " review :");
  }

  /** Asks for a lesson from an attempt. */
  public static Prompt askLesson(String question, String attempt, boolean solved) {
    return new Prompt.Plain(
        "problem : "
            + question
            + " attempt : "
            + attempt
            + (solved ? " right_" : " wrong")
            + " lesson :");
  }
}
