/**
 * The method: one training step from drawing problems to remembering trials, and evaluation. Knows
 * the API only; {@link io.lanpo.engine.method.TrainingStep} reads top to bottom and is the place to
 * begin.
 */
@NullMarked
package io.lanpo.engine.method;

import org.jspecify.annotations.NullMarked;
