package io.lanpo.engine.step;

import static io.lanpo.engine.rollout.LogValues.constant;
import static io.lanpo.engine.rollout.LogValues.required;

import io.lanpo.api.component.Setting;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.pool.StoredLesson;
import io.lanpo.api.task.Question;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A line of {@code lessons.jsonl}. A member that is not on a line is null. */
public record LessonLine(
    @Nullable Integer step,
    @Nullable String lesson,
    @Nullable String kind,
    @Nullable String problem,
    @Nullable String question,
    @Nullable String text) {

  /**
   * The line of a lesson.
   *
   * @param author who wrote it; empty, and not on the line, when the policy under training did
   */
  public static Map<String, Object> of(StoredLesson stored, String author) {
    Lesson lesson = stored.lesson();
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("step", stored.step());
    line.put("lesson", lesson.id());
    line.put("kind", Setting.word(lesson.kind()));
    line.put("problem", lesson.source().id());
    line.put("question", lesson.source().text());
    line.put("text", lesson.text());
    if (!author.isEmpty()) {
      line.put("by", author);
    }
    return line;
  }

  /**
   * The lesson.
   *
   * @param run the run's id
   * @throws IllegalArgumentException when the line lacks something; the message says what
   */
  public StoredLesson stored(String run) {
    Question source = new Question(required("problem", problem), required("question", question));
    Lesson found =
        new Lesson(
            required("lesson", lesson),
            constant("kind", Lesson.Kind.class, kind),
            required("text", text),
            source);
    return new StoredLesson(found, run, required("step", step));
  }
}
