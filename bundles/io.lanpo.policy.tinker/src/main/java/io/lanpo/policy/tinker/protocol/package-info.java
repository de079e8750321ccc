/**
 * The Tinker protocol: {@link io.lanpo.policy.tinker.protocol.TinkerServer} has its verbs, {@link
 * io.lanpo.policy.tinker.protocol.Futures} waits for what takes long, {@link
 * io.lanpo.policy.tinker.protocol.Bodies} writes and reads what is large, as JSON or as protocol
 * buffers; {@link io.lanpo.policy.tinker.protocol.RemoteModel} is a model on a server.
 */
@NullMarked
package io.lanpo.policy.tinker.protocol;

import org.jspecify.annotations.NullMarked;
