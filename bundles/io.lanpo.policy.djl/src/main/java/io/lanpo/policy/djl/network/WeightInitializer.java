package io.lanpo.policy.djl.network;

import io.lanpo.policy.djl.model.WeightPlan;
import java.util.Arrays;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/**
 * Random weights: embeddings with a standard deviation of 0.02, matrices with 1/√(inputs), and half
 * of that where the output is added to the residual stream; scales one, biases zero.
 */
public final class WeightInitializer {
  private static final double EMBEDDING_DEVIATION = 0.02;

  private WeightInitializer() {}

  public static void fill(Network network, long seed) {
    RandomGenerator random = new Well19937c(seed);
    for (WeightPlan.Weight weight : network.plan().weights()) {
      network.store(network.weights(), weight.offset(), values(weight, random));
    }
    network.weightsChanged();
  }

  /**
   * Adapters that add nothing yet: {@code B} is zero, {@code A} uniform within ±1/√(inputs) as the
   * library PEFT has it, so that learning rates carry over.
   */
  public static void fillAdapters(Network network, long seed) {
    RandomGenerator random = new Well19937c(seed);
    for (WeightPlan.Weight weight : network.adapterPlan().weights()) {
      float[] values = new float[weight.size()];
      if (weight.role() == WeightPlan.Role.MATRIX) {
        double bound = 1 / Math.sqrt(weight.columns());
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) (bound * (2 * random.nextDouble() - 1));
        }
      }
      network.store(network.trainable(), weight.offset(), values);
    }
    network.weightsChanged();
  }

  private static float[] values(WeightPlan.Weight weight, RandomGenerator random) {
    return switch (weight.role()) {
      case EMBEDDING -> gaussian(weight, EMBEDDING_DEVIATION, random);
      case MATRIX -> gaussian(weight, 1 / Math.sqrt(weight.columns()), random);
      case RESIDUAL -> gaussian(weight, .5 / Math.sqrt(weight.columns()), random);
      case SCALE -> ones(weight.size());
      case BIAS -> new float[weight.size()];
    };
  }

  private static float[] gaussian(
      WeightPlan.Weight weight, double deviation, RandomGenerator random) {
    float[] values = new float[weight.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    return values;
  }

  private static float[] ones(int size) {
    float[] values = new float[size];
    Arrays.fill(values, 1);
    return values;
  }
}
