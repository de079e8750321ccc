package io.lanpo.feedback;

import io.lanpo.api.component.LanpoName;
import io.lanpo.api.component.Settings;
import io.lanpo.api.feedback.AttemptSelector;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * This step's plain attempts at the problem, else those of earlier steps. Where a group has
 * neither, one is sampled.
 */
@Component(scope = ServiceScope.PROTOTYPE)
@LanpoName("step")
public final class OwnAttempts implements AttemptSelector {
  /** For the service registry. */
  @Activate
  public OwnAttempts() {}

  @Override
  public Selection open(Settings settings) {
    return new Own();
  }

  private static final class Own implements Selection {
    @Override
    public Optional<String> choose(Attempts attempts, int question, int turn, long seed) {
      List<String> own = attempts.ofStep(question);
      return InTurn.of(own.isEmpty() ? attempts.past(question) : own, turn);
    }

    @Override
    public OptionalInt lacking(Attempts attempts, int question) {
      return attempts.tried(question) || !attempts.past(question).isEmpty()
          ? OptionalInt.empty()
          : OptionalInt.of(question);
    }
  }
}
