package io.lanpo.libs.template;

import io.lanpo.api.component.ComponentOptions;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.task.Prompt;
import io.lanpo.api.task.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Poses a question with lessons.
 *
 * @param template refers to {@link #VARIABLES}
 * @param most most lessons in a prompt
 */
public record LessonTemplate(PromptTemplate template, int most) {
  /** The question and the section {@code lessons} with {@code text} and {@code principle}. */
  public static final Variables VARIABLES =
      new Variables(
          Set.of("question", "lessons", "text"),
          Set.of("principle"),
          Map.of("question", "", "lessons", List.of()));

  /**
   * The template that a component's options state.
   *
   * @param key the option with the template; {@code KEY-examples} has its worked examples
   * @param template reads it
   * @param system text of the system's turn of a chat
   * @param examples value of the worked examples' option
   * @param most most lessons in a prompt
   * @throws io.lanpo.api.component.UserException naming file and key when it is no such template
   */
  public static LessonTemplate of(
      ComponentOptions options,
      String key,
      Supplier<String> template,
      Format format,
      String system,
      String examples,
      int most) {
    return new LessonTemplate(
        PromptTemplate.of(
            options, key, template, VARIABLES, format, system, key + "-examples", examples),
        most);
  }

  /** The prompt with the first of the lessons. */
  public Prompt fill(Question question, List<Lesson> lessons) {
    List<Map<String, Object>> shown = new ArrayList<>();
    for (Lesson lesson : lessons.subList(0, Math.min(most, lessons.size()))) {
      shown.add(Map.of("text", lesson.text(), "principle", lesson.kind() == Lesson.Kind.PRINCIPLE));
    }
    return template.fill(Map.of("question", question.text(), "lessons", shown));
  }
}
