package io.lanpo.policy.djl.model;

import com.google.gson.JsonObject;

/**
 * A kind of decoder: what its shape is for given sizes, and how its {@code config.json} reads.
 *
 * <p>A further family of the same build (pre-norm, RoPE, grouped-query attention) is one more
 * implementation and a line in {@link Families}.
 */
public interface Family {
  /** Its name in the setting {@code family}. */
  String name();

  /** Its {@code model_type} in {@code config.json}. */
  String modelType();

  /** Its class in {@code config.json}. */
  String architecture();

  /** Whether its projections can have adapters. */
  boolean adaptable();

  /** The shape of a new model. */
  DecoderShape shape(ModelSizes sizes);

  /** The shape that a configuration describes. */
  DecoderShape shape(ModelConfig config);

  /** Adds the keys of this family to those that {@link Families} writes for every one. */
  void describe(DecoderShape shape, JsonObject config);
}
