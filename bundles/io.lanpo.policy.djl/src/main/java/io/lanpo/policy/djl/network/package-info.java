/**
 * A decoder's weights on a device, and the TorchScript that works on them: {@link
 * io.lanpo.policy.djl.network.DecoderScript} writes the source from text resources, {@link
 * io.lanpo.policy.djl.network.TorchScriptArchive} packs it, {@link
 * io.lanpo.policy.djl.network.Network} loads it and owns the buffers, {@link
 * io.lanpo.policy.djl.network.ScriptCall} calls a method.
 */
@NullMarked
package io.lanpo.policy.djl.network;

import org.jspecify.annotations.NullMarked;
