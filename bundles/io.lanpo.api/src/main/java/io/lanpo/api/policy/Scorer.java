package io.lanpo.api.policy;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** Tells how probable completions are. */
@FunctionalInterface
@ConsumerType
public interface Scorer {
  /**
   * Scores completions.
   *
   * @param temperature divides the logits
   * @return for each sequence {@code [T]} the log-probability in nats of each completion token
   */
  List<float[]> logProbs(List<Sequence> sequences, double temperature);
}
