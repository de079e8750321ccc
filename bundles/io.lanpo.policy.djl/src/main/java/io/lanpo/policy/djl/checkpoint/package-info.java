/**
 * Checkpoints as Hugging Face folders: safetensors files read and written piece by piece, tensors
 * mapped to the flat buffer, adapters as PEFT has them, the optimiser's state beside them.
 */
@NullMarked
package io.lanpo.policy.djl.checkpoint;

import org.jspecify.annotations.NullMarked;
