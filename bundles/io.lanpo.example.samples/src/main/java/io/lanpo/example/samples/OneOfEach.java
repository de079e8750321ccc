package io.lanpo.example.samples;

import io.lanpo.api.component.LanpoName;
import io.lanpo.api.feedback.AbstractionStrategy;
import io.lanpo.api.feedback.JudgedAttempt;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.task.Prompt;
import io.lanpo.api.task.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * Shows what worked and what to avoid side by side: the most relevant principle and the most
 * relevant pitfall. It needs {@code lessons.most} of 2 or more to have a choice.
 */
@Component(scope = ServiceScope.PROTOTYPE)
@LanpoName("one-of-each")
public final class OneOfEach implements AbstractionStrategy {
  @Override
  public Optional<Prompt> distil(JudgedAttempt attempt) {
    return Optional.of(MicroWords.distil(attempt));
  }

  @Override
  public Optional<String> lesson(String completion) {
    return MicroWords.lesson(completion);
  }

  @Override
  public Prompt apply(Question question, List<Lesson> lessons) {
    List<Lesson> shown = new ArrayList<>();
    for (Lesson.Kind kind : Lesson.Kind.values()) {
      lessons.stream().filter(l -> l.kind() == kind).findFirst().ifPresent(shown::add);
    }
    return MicroWords.apply(question, shown);
  }
}
