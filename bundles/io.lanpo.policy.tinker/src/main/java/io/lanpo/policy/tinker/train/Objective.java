package io.lanpo.policy.tinker.train;

import io.lanpo.api.policy.Loss;
import io.lanpo.policy.tinker.protocol.ServerLoss;
import java.util.Map;
import java.util.TreeMap;

/** The server's losses for policy gradients. */
public enum Objective {
  PPO("ppo"),
  IMPORTANCE_SAMPLING("importance_sampling"),
  CISPO("cispo");

  private static final String LOW = "clip_low_threshold";
  private static final String HIGH = "clip_high_threshold";

  private final String wireName;

  Objective(String wireName) {
    this.wireName = wireName;
  }

  /** The loss as the server knows it; a surrogate that is CISPO stays so whatever this is. */
  ServerLoss of(Loss.ClippedSurrogate surrogate) {
    Objective as = surrogate.form() == Loss.SurrogateForm.CISPO ? CISPO : this;
    return as == IMPORTANCE_SAMPLING
        ? new ServerLoss(as.wireName, Map.of())
        : clipped(as.wireName, 1 - surrogate.clipLow(), 1 + surrogate.clipHigh());
  }

  /**
   * Cross-entropy with a weight of its own for every token, the advantage: CISPO whose clipped
   * ratio is one, {@code −A·log p}. Where a server divides by the weights of a sequence, its own
   * cross-entropy cannot say that one sequence counts more than another.
   */
  static ServerLoss weightedCrossEntropy() {
    return clipped(CISPO.wireName, 1, 1);
  }

  private static ServerLoss clipped(String name, double low, double high) {
    return new ServerLoss(name, new TreeMap<>(Map.of(LOW, low, HIGH, high)));
  }
}
