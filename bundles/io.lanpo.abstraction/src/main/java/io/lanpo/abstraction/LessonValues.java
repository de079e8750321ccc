package io.lanpo.abstraction;

import io.lanpo.api.feedback.Lesson;
import java.util.List;
import java.util.Map;

/**
 * Lessons as values of a template's section {@code {{#lessons}}}.
 *
 * @param most how many of them, the most relevant ones
 */
record LessonValues(int most) {
  List<Map<String, Object>> of(List<Lesson> lessons) {
    return lessons.stream()
        .limit(most)
        .map(
            lesson ->
                Map.<String, Object>of(
                    "text", lesson.text(), "principle", lesson.kind() == Lesson.Kind.PRINCIPLE))
        .toList();
  }
}
