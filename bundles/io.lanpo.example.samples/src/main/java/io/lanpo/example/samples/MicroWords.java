package io.lanpo.example.samples;

import io.lanpo.api.feedback.JudgedAttempt;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.task.Prompt;
import io.lanpo.api.task.Question;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The prompts of the micro-world, whose words the policy knows. */
final class MicroWords {
  private static final String SOLUTION = "solution :";
  private static final Pattern LESSON = Pattern.compile("(principle|pitfall) : .+ \\.");
  private static final int LONGEST_LESSON = 12;

  private MicroWords() {}

  static Prompt review(Question question, String shown) {
    return new Prompt.Plain("problem : %s attempt : %s review :".formatted(question.text(), shown));
  }

  static Optional<String> solution(String review) {
    int at = review.lastIndexOf(SOLUTION);
    return at < 0
        ? Optional.empty()
        : Optional.of(review.substring(at + SOLUTION.length()).strip()).filter(s -> !s.isEmpty());
  }

  static Prompt distil(JudgedAttempt judged) {
    return new Prompt.Plain(
        "problem : %s attempt : %s %s lesson :"
            .formatted(
                judged.attempt().question().text(),
                judged.attempt().text(),
                judged.accepted() ? "right_" : "wrong"));
  }

  static Optional<String> lesson(String completion) {
    String lesson = completion.strip();
    boolean good =
        LESSON.matcher(lesson).matches() && lesson.split(" ", -1).length <= LONGEST_LESSON;
    return good ? Optional.of(lesson) : Optional.empty();
  }

  static Prompt apply(Question question, List<Lesson> lessons) {
    String shown = lessons.stream().map(l -> l.text() + " ").collect(Collectors.joining());
    return new Prompt.Plain("%sproblem : %s solution :".formatted(shown, question.text()));
  }
}
