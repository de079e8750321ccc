/**
 * A policy on a training server that speaks the Tinker protocol, e.g. SkyRL or verl.
 *
 * <p>{@link io.lanpo.policy.tinker.TinkerPolicy} checks what it is asked and puts the parts
 * together: a {@link io.lanpo.policy.tinker.Connection}, which speaks the protocol of package
 * {@code protocol}; {@link io.lanpo.policy.tinker.SessionSampler} for completions; and the {@link
 * io.lanpo.policy.tinker.train.Trainer} for updates. A {@link io.lanpo.policy.tinker.ModelFolder}
 * stands for the model on this side.
 */
@NullMarked
package io.lanpo.policy.tinker;

import org.jspecify.annotations.NullMarked;
