package io.lanpo.example.samples;

import io.lanpo.api.component.LanpoName;
import io.lanpo.api.feedback.AbstractionStrategy;
import io.lanpo.api.feedback.JudgedAttempt;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.task.Prompt;
import io.lanpo.api.task.Question;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** Learns from what worked and never from what failed. */
@Component(scope = ServiceScope.PROTOTYPE)
@LanpoName("principles-only")
public final class PrinciplesOnly implements AbstractionStrategy {
  @Override
  public Optional<Prompt> distil(JudgedAttempt attempt) {
    return attempt.accepted() ? Optional.of(MicroWords.distil(attempt)) : Optional.empty();
  }

  @Override
  public Optional<String> lesson(String completion) {
    return MicroWords.lesson(completion);
  }

  /**
   * A shared pool may hold pitfalls of other runs: they are passed over while there is a choice.
   */
  @Override
  public Prompt apply(Question question, List<Lesson> lessons) {
    Lesson shown =
        lessons.stream()
            .filter(l -> l.kind() == Lesson.Kind.PRINCIPLE)
            .findFirst()
            .orElse(lessons.get(0));
    return MicroWords.apply(question, List.of(shown));
  }
}
