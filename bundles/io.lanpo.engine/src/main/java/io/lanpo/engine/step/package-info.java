/**
 * One training step from drawing problems to remembering trials; {@link
 * io.lanpo.engine.step.TrainingStep} reads top to bottom and conducts the other rooms.
 */
@NullMarked
package io.lanpo.engine.step;

import org.jspecify.annotations.NullMarked;
