package io.lanpo.engine.step;

import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.pool.StoredLesson;
import io.lanpo.api.task.Question;
import io.lanpo.engine.rollout.LogValues;
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
        new Question(LogValues.needed("problem", problem), LogValues.needed("question", question));
    Lesson found =
        new Lesson(
            LogValues.needed("lesson", lesson),
            LogValues.word("kind", Lesson.Kind.class, kind),
            LogValues.needed("text", text),
            source);
    return new StoredLesson(found, run, LogValues.needed("step", step));
  }
}
