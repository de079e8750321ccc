/**
 * From judged rollouts to optimiser updates: advantages, loss terms, importance correction, replay.
 */
@NullMarked
package io.lanpo.engine.update;

import org.jspecify.annotations.NullMarked;
