package io.lanpo.example.strategy;

import io.lanpo.api.component.LanpoName;
import io.lanpo.api.feedback.Attempt;
import io.lanpo.api.feedback.ReflectionStrategy;
import io.lanpo.api.task.Prompt;
import io.lanpo.api.task.Question;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.component.propertytypes.ServiceRanking;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Shows an attempt without its final answer, so that a review cannot copy the answer and has to
 * work it out again.
 *
 * <p>To try it: put this bundle's jar into {@code runtime/deploy/} and train with {@code --set
 * reflection=second-look}. It speaks the language of the micro-world. Among strategies of one name
 * the highest service ranking wins, so a configuration {@code io.lanpo.example.strategy.cfg} with
 * {@code lanpo.name = micro} lets it stand in for the default.
 */
@Component(scope = ServiceScope.PROTOTYPE, configurationPid = "io.lanpo.example.strategy")
@LanpoName("second-look")
@ServiceRanking(100)
@Designate(ocd = SecondLook.Config.class)
public final class SecondLook implements ReflectionStrategy {
  private static final String SOLUTION = "solution :";

  /** Options. */
  @ObjectClassDefinition(name = "LANPO second look")
  public @interface Config {
    /** Where the hidden part begins. */
    @AttributeDefinition(
        description = "The attempt is shown up to the last occurrence of this word")
    String hide$_$from() default "answer";
  }

  private final String hidden;

  /** Reads the options. */
  @Activate
  public SecondLook(Config config) {
    this(config.hide$_$from());
  }

  SecondLook(String hideFrom) {
    hidden = " " + hideFrom.strip() + " ";
  }

  @Override
  public Optional<Prompt> reflect(Question question, Attempt attempt) {
    int end = attempt.text().lastIndexOf(hidden);
    if (end <= 0) {
      return Optional.empty(); // nothing to hide: the question is posed plainly
    }
    String shown = attempt.text().substring(0, end);
    return Optional.of(
        new Prompt.Plain("problem : %s attempt : %s review :".formatted(question.text(), shown)));
  }

  @Override
  public Optional<String> solution(String review) {
    int at = review.lastIndexOf(SOLUTION);
    return at < 0
        ? Optional.empty()
        : Optional.of(review.substring(at + SOLUTION.length()).strip()).filter(s -> !s.isEmpty());
  }
}
