package io.lanpo.feedback;

import io.lanpo.api.component.LanpoName;
import io.lanpo.api.component.Settings;
import io.lanpo.api.feedback.AttemptSelector;
import java.util.Optional;
import java.util.OptionalInt;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * A blind control: the attempt at the step's next question, under the name of this one. What a run
 * still gains by reflection it does not gain from the attempt.
 */
@Component(scope = ServiceScope.PROTOTYPE)
@LanpoName("other")
public final class OtherAttempts implements AttemptSelector {
  /** For the service registry. */
  @Activate
  public OtherAttempts() {}

  @Override
  public Selection open(Settings settings) {
    return new Other();
  }

  private static final class Other implements Selection {
    @Override
    public Optional<String> choose(Attempts attempts, int question, int turn, long seed) {
      return InTurn.of(attempts.ofStep(next(attempts, question)), turn);
    }

    @Override
    public OptionalInt lacking(Attempts attempts, int question) {
      int other = next(attempts, question);
      return attempts.tried(other) ? OptionalInt.empty() : OptionalInt.of(other);
    }

    private static int next(Attempts attempts, int question) {
      return (question + 1) % attempts.questions().size();
    }
  }
}
