package io.lanpo.relative.experiential;

import io.lanpo.api.component.LanpoName;
import io.lanpo.api.component.Settings;
import io.lanpo.api.feedback.AttemptSelector;
import io.lanpo.api.feedback.JudgedAttemptSelector;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * This step's attempts that the verifier scored and did not accept, each for one review (ERL, arXiv
 * 2602.13949, reviews what failed). It sees verdicts: reviews are no longer agnostic of rewards,
 * though what a review reads is the attempt and no word of the verifier.
 */
@Component(service = AttemptSelector.class, scope = ServiceScope.PROTOTYPE)
@LanpoName("failed")
public final class FailedAttempts implements JudgedAttemptSelector {
  /** For the service registry. */
  @Activate
  public FailedAttempts() {}

  @Override
  public JudgedSelection open(Settings settings) {
    return (attempts, judged, question, turn, seed) -> {
      List<String> failed =
          judged.stream().filter(a -> !a.accepted()).map(a -> a.attempt().text()).toList();
      return turn < failed.size() ? Optional.of(failed.get(turn)) : Optional.empty();
    };
  }
}
