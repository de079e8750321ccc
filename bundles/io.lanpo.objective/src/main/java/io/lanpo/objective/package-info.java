/**
 * Objectives that learn from rewards by a clipped surrogate. They are one implementation, {@code
 * SurrogateLearning}, under different defaults: {@code lanpo}, {@code lanpo-paper}, {@code grpo},
 * {@code dr-grpo}, {@code rloo}, {@code dapo}, {@code reinforce++}, {@code cispo}, {@code gspo}.
 */
@NullMarked
package io.lanpo.objective;

import org.jspecify.annotations.NullMarked;
