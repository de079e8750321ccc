/**
 * A policy on this machine: a decoder in TorchScript, run by DJL's PyTorch engine.
 *
 * <p>Here are the service, {@link io.lanpo.policy.djl.DjlPolicyBackend}, its settings, and the
 * policy that it makes. The rooms below, each of which uses only those before it:
 *
 * <ol>
 *   <li>{@code model}: what a decoder looks like, and where its weights stand in one flat buffer.
 *   <li>{@code network}: those weights on a device, and the TorchScript that works on them.
 *   <li>{@code batch}: sequences grouped by prompt, packed into batches, shared by threads, scored.
 *   <li>{@code generate}: completions sampled with a cache of keys and values.
 *   <li>{@code train}: gradients, summed over batches, and the optimiser's step.
 *   <li>{@code checkpoint}: all of this as a Hugging Face folder, written and read.
 * </ol>
 */
@NullMarked
package io.lanpo.policy.djl;

import org.jspecify.annotations.NullMarked;
