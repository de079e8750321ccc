package io.lanpo.policy.djl.network;

import ai.djl.ndarray.NDArray;
import io.lanpo.api.component.UserException;
import io.lanpo.policy.djl.model.WeightPlan.Part;
import io.lanpo.policy.djl.model.WeightPlan.Weight;
import java.util.List;
import java.util.Optional;

/**
 * Finds the tensor to blame when numbers are not finite any more. Only asked then: it reads all
 * weights.
 *
 * @param network the weights
 */
public record NonFinite(Network network) {
  /** Floats that are looked at together: 4 MB. */
  private static final int PIECE = 1 << 20;

  private static final String LOWER =
      "Lower optimizer.learning-rate or optimizer.max-gradient-norm and go on from a checkpoint"
          + " before.";

  /** Whether some of these numbers are not finite. */
  public static boolean within(float[] values) {
    boolean finite = true;
    for (float value : values) {
      finite &= Float.isFinite(value);
    }
    return !finite;
  }

  /**
   * The first weight with such a number.
   *
   * @param updates that the weights have seen
   * @return empty when all are finite
   */
  public Optional<UserException> weight(long updates) {
    return first(network.weights(), network.plan().weights())
        .or(
            () ->
                network.adapters() == null
                    ? Optional.empty()
                    : first(network.trainable(), network.trainableWeights()))
        .map(
            found ->
                new UserException(
                    "after %d updates the weight %s: the model has diverged"
                        .formatted(updates, found),
                    LOWER));
  }

  /** What is to blame for log-probabilities that are not finite. */
  public UserException result(long updates) {
    return weight(updates)
        .orElseGet(
            () ->
                new UserException(
                    "after %d updates the model computes log-probabilities that are not finite, though its weights are"
                        .formatted(updates),
                    LOWER));
  }

  /**
   * What to say of a gradient.
   *
   * @param norm of all of it
   */
  public UserException gradient(NDArray gradient, double norm) {
    return new UserException(
        "%s (norm of the whole gradient %s), so this update was not made"
            .formatted(
                first(gradient, network.trainableWeights())
                    .map(found -> "the gradient of " + found)
                    .orElse("the gradient is not finite"),
                norm),
        "Lower the learning rate or the clipping bound of the gradient's norm, and look for"
            + " advantages or log-probabilities that are not finite.");
  }

  private Optional<String> first(NDArray buffer, List<Weight> weights) {
    for (Weight weight : weights) {
      long row = Math.max(1, weight.columns());
      for (Part part : weight.parts()) {
        long from = weight.offset() + part.row() * row;
        long end = from + part.rows() * row;
        for (; from < end; from += PIECE) {
          float[] values = network.load(buffer, from, (int) Math.min(PIECE, end - from));
          for (float value : values) {
            if (!Float.isFinite(value)) {
              return Optional.of("%s is not finite: it has %s".formatted(part.name(), value));
            }
          }
        }
      }
    }
    return Optional.empty();
  }
}
