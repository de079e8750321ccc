package io.lanpo.example.samples;

import io.lanpo.api.component.LanpoName;
import io.lanpo.api.feedback.Attempt;
import io.lanpo.api.feedback.ReflectionStrategy;
import io.lanpo.api.task.Prompt;
import io.lanpo.api.task.Question;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** Poses the question once more behind the attempt, so that it is the last thing read. */
@Component(scope = ServiceScope.PROTOTYPE)
@LanpoName("asked-twice")
public final class AskedTwice implements ReflectionStrategy {
  @Override
  public Optional<Prompt> reflect(Question question, Attempt attempt) {
    String text = attempt.text().strip();
    return text.isEmpty()
        ? Optional.empty()
        : Optional.of(MicroWords.review(question, text + " problem : " + question.text()));
  }

  @Override
  public Optional<String> solution(String review) {
    return MicroWords.solution(review);
  }
}
