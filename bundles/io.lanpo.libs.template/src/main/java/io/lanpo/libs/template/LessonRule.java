package io.lanpo.libs.template;

import io.lanpo.api.component.ComponentOptions;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What counts as a lesson, or as the text that lessons are condensed into, within a completion.
 *
 * @param marker the lesson is what follows its last occurrence, in any case; all of the completion
 *     when empty
 * @param pattern what the whole lesson must match
 * @param longest longest lesson in words
 */
public record LessonRule(String marker, Pattern pattern, int longest) {
  /**
   * The rule that a component's options state.
   *
   * @param marker what stands before it
   * @param key the option that the pattern is read from
   * @param pattern reads it
   * @param longest longest lesson in words
   * @throws io.lanpo.api.component.UserException naming file and key when the pattern is none
   */
  public static LessonRule of(
      ComponentOptions options, String marker, String key, Supplier<String> pattern, int longest) {
    return new LessonRule(
        marker.strip(),
        options.read(key, () -> Pattern.compile(pattern.get()), p -> true, "a regular expression"),
        longest);
  }

  /** The lesson on one line; empty when there is none or when it breaks the rule. */
  public Optional<String> find(String completion) {
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
