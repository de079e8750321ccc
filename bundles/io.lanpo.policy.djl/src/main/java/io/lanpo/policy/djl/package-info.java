/**
 * A policy on this machine: a decoder in TorchScript, run by DJL's PyTorch engine.
 *
 * <p>From the inside out: {@link io.lanpo.policy.djl.DecoderShape} says what the network looks
 * like, a {@link io.lanpo.policy.djl.Family} reads and writes it as {@code config.json}, {@link
 * io.lanpo.policy.djl.WeightPlan} lays its weights out in one buffer, {@link
 * io.lanpo.policy.djl.ScriptSource} writes its TorchScript and {@link io.lanpo.policy.djl.Network}
 * runs it. On top of the network stand {@link io.lanpo.policy.djl.Generator}, {@link
 * io.lanpo.policy.djl.Scorer}, {@link io.lanpo.policy.djl.Trainer} and {@link
 * io.lanpo.policy.djl.Checkpoint}; {@link io.lanpo.policy.djl.DjlPolicy} puts them together.
 */
@NullMarked
package io.lanpo.policy.djl;

import org.jspecify.annotations.NullMarked;
