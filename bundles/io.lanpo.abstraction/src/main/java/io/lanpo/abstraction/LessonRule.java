package io.lanpo.abstraction;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What counts as a lesson, or as the text that lessons are condensed into, within a completion.
 *
 * @param marker the lesson is what follows its last occurrence; all of the completion when empty
 * @param pattern what the whole lesson must match
 * @param longest longest lesson in words
 */
record LessonRule(String marker, Pattern pattern, int longest) {
  /** The lesson on one line; empty when there is none or when it breaks the rule. */
  Optional<String> find(String completion) {
    int start = marker.isEmpty() ? 0 : -1;
    if (start < 0) {
      Matcher matcher =
          Pattern.compile(marker, Pattern.LITERAL | Pattern.CASE_INSENSITIVE).matcher(completion);
      while (matcher.find()) {
        start = matcher.end();
      }
    }
    if (start < 0) {
      return Optional.empty();
    }
    String lesson = completion.substring(start).strip().replaceAll("\\s+", " ");
    boolean good =
        !lesson.isEmpty()
            && lesson.split(" ").length <= longest
            && pattern.matcher(lesson).matches();
    return good ? Optional.of(lesson) : Optional.empty();
  }
}
