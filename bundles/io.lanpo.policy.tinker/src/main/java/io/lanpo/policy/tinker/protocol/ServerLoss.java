package io.lanpo.policy.tinker.protocol;

import java.util.Map;

/**
 * A loss as the server knows it.
 *
 * @param name e.g. {@code cross_entropy}
 * @param config its parameters by name; may be empty
 */
public record ServerLoss(String name, Map<String, Double> config) {
  public static final ServerLoss CROSS_ENTROPY = new ServerLoss("cross_entropy", Map.of());
}
