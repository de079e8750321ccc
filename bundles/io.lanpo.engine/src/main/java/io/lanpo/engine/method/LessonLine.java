package io.lanpo.engine.method;

import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.pool.StoredLesson;
import io.lanpo.api.task.Question;
import org.jspecify.annotations.Nullable;

/** A line of {@code lessons.jsonl}; see {@link RolloutLog}. A key that is not on it is null. */
public record LessonLine(
    @Nullable Integer step,
    @Nullable String lesson,
    @Nullable String kind,
    @Nullable String problem,
    @Nullable String question,
    @Nullable String text) {

  /**
   * The lesson.
   *
   * @param run the run's id
   * @throws IllegalArgumentException when the line lacks something; the message says what
   */
  public StoredLesson stored(String run) {
    Question source =
        new Question(Written.needed("problem", problem), Written.needed("question", question));
    Lesson found =
        new Lesson(
            Written.needed("lesson", lesson),
            Written.word("kind", Lesson.Kind.class, kind),
            Written.needed("text", text),
            source);
    return new StoredLesson(found, run, Written.needed("step", step));
  }
}
