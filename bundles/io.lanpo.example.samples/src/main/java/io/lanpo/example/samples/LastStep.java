package io.lanpo.example.samples;

import io.lanpo.api.component.LanpoName;
import io.lanpo.api.feedback.Attempt;
import io.lanpo.api.feedback.ReflectionStrategy;
import io.lanpo.api.task.Prompt;
import io.lanpo.api.task.Question;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * Shows the last step of an attempt only: is a result without its derivation reviewed as well? A
 * step ends with a full stop.
 */
@Component(scope = ServiceScope.PROTOTYPE)
@LanpoName("last-step")
public final class LastStep implements ReflectionStrategy {
  private static final String STOP = " . ";

  @Override
  public Optional<Prompt> reflect(Question question, Attempt attempt) {
    String text = attempt.text().strip();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    int stop = text.lastIndexOf(STOP);
    String last = stop < 0 ? text : text.substring(stop + STOP.length());
    return Optional.of(MicroWords.review(question, last));
  }

  @Override
  public Optional<String> solution(String review) {
    return MicroWords.solution(review);
  }
}
