package io.lanpo.engine.lesson;

import io.lanpo.api.component.UserException;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.feedback.LessonSelector;
import io.lanpo.api.task.Question;
import io.lanpo.engine.call.ComponentCalls;
import io.lanpo.engine.call.Named;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Has lessons chosen that are shown: of those that the selector is offered, and no others. A
 * selector that fails costs its lessons and no more.
 *
 * @param selection the run's selector
 * @param most most lessons in a prompt, as it said when it was opened: memory is estimated by that
 */
public record LessonChoice(Named<LessonSelector.Selection> selection, int most) {
  /**
   * A selector that has been opened.
   *
   * @throws UserException naming the selector when no prompt could have a lesson
   */
  public static LessonChoice of(Named<LessonSelector.Selection> opened) {
    int most = opened.ask(LessonSelector.Selection::most);
    if (most < 1) {
      throw opened.fault(
          "shows %d lessons at most, and there must be at least 1".formatted(most), null);
    }
    return new LessonChoice(opened, most);
  }

  /** Lessons for a question, the first to be read first. */
  List<Lesson> choose(
      Question question, List<LessonSelector.Candidate> relevant, long seed, ComponentCalls calls) {
    return calls.call(
        ComponentCalls.LESSONS,
        selection.title(),
        () -> kept(selection.instance().choose(question, relevant, seed)),
        chosen -> wrong(chosen, relevant),
        why -> List.of());
  }

  /** A list that nobody changes any more; it may hold what is none. */
  private static @Nullable List<Lesson> kept(@Nullable List<Lesson> chosen) {
    return chosen == null ? null : Collections.unmodifiableList(new ArrayList<>(chosen));
  }

  private Optional<String> wrong(List<Lesson> chosen, List<LessonSelector.Candidate> relevant) {
    if (chosen.size() > most) {
      return Optional.of("chose %d lessons, and said %d at most".formatted(chosen.size(), most));
    }
    Set<Lesson> offered = new HashSet<>();
    relevant.forEach(candidate -> offered.add(candidate.lesson()));
    if (!offered.containsAll(chosen)) {
      return Optional.of("chose a lesson that it was not offered");
    }
    return new HashSet<>(chosen).size() < chosen.size()
        ? Optional.of("chose a lesson twice")
        : Optional.empty();
  }
}
