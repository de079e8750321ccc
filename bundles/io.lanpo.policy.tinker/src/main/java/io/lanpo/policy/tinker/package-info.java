/**
 * A policy on a training server that speaks the Tinker protocol, e.g. SkyRL or verl.
 *
 * <p>From the inside out: {@link io.lanpo.libs.http.Endpoint} says where the server is, {@link
 * io.lanpo.libs.http.Transport} asks it and tries again, {@link io.lanpo.policy.tinker.Futures}
 * waits for what takes long, {@link io.lanpo.policy.tinker.Bodies} writes and reads what is large,
 * {@link io.lanpo.policy.tinker.TinkerServer} has the protocol's verbs. On top of them stand {@link
 * io.lanpo.policy.tinker.RemoteModel}, {@link io.lanpo.policy.tinker.SessionSampler} and {@link
 * io.lanpo.policy.tinker.Trainer}; {@link io.lanpo.policy.tinker.TinkerPolicy} puts them together.
 * {@link io.lanpo.policy.tinker.Objective} turns our losses into those of the server.
 */
@NullMarked
package io.lanpo.policy.tinker;

import org.jspecify.annotations.NullMarked;
