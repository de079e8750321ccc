/**
 * Rollouts of a step: which problems, which feedback, composed prompts, sampled and judged
 * completions. {@link io.lanpo.engine.rollout.Collector} is the place to begin.
 */
@NullMarked
package io.lanpo.engine.rollout;

import org.jspecify.annotations.NullMarked;
