package io.lanpo.api.train;

import java.util.List;

/**
 * Whether a run learns, and what keeps it from that.
 *
 * @param learned whether the policy was updated in any step from completions that it sampled, at a
 *     learning rate above 0; demonstrations alone do not count
 * @param findings what stands as of the last step, causes before consequences
 */
public record RunHealth(boolean learned, List<Finding> findings) {
  public RunHealth {
    findings = List.copyOf(findings);
  }
}
