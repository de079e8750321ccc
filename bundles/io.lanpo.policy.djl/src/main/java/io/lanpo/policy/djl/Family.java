package io.lanpo.policy.djl;

import com.google.gson.JsonObject;
import io.lanpo.api.component.Settings;

/**
 * A kind of decoder: what its shape is for given settings, and how its {@code config.json} reads.
 *
 * <p>A further family of the same build (pre-norm, RoPE, grouped-query attention) is one more
 * implementation and a line in {@link Families}.
 */
interface Family {
  /** Its name in the setting {@code family}. */
  String name();

  /** Its {@code model_type} in {@code config.json}. */
  String modelType();

  /** Its class in {@code config.json}. */
  String architecture();

  /** The shape of a new model. */
  DecoderShape shape(Settings settings, int vocabulary);

  /** The shape that a configuration describes. */
  DecoderShape shape(ModelConfig config);

  /** The configuration of a shape, without what {@link Families} adds to every one. */
  JsonObject config(DecoderShape shape);
}
