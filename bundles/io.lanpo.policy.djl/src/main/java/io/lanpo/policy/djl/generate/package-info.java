/**
 * Sampling: {@link io.lanpo.policy.djl.generate.Generator} schedules completions into batches,
 * {@link io.lanpo.policy.djl.generate.Prefill} reads prompts into a {@link
 * io.lanpo.policy.djl.generate.PromptKvCache}, and what prompts begin with into another one; {@link
 * io.lanpo.policy.djl.generate.DecodeBatch} decodes token by token.
 */
@NullMarked
package io.lanpo.policy.djl.generate;

import org.jspecify.annotations.NullMarked;
