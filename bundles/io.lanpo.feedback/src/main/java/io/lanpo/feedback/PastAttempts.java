package io.lanpo.feedback;

import io.lanpo.api.component.LanpoName;
import io.lanpo.api.component.Settings;
import io.lanpo.api.feedback.AttemptSelector;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** Attempts of earlier steps only, the newest first. */
@Component(scope = ServiceScope.PROTOTYPE)
@LanpoName("pool")
public final class PastAttempts implements AttemptSelector {
  /** For the service registry. */
  @Activate
  public PastAttempts() {}

  @Override
  public Selection open(Settings settings) {
    return (attempts, question, turn, seed) -> InTurn.of(attempts.past(question), turn);
  }
}
