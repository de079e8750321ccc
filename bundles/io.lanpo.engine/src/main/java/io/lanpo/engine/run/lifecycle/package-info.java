/**
 * Runs as services: start, stop, resume; one thread carries out a run from checkpoint to
 * checkpoint.
 */
@NullMarked
package io.lanpo.engine.run.lifecycle;

import org.jspecify.annotations.NullMarked;
