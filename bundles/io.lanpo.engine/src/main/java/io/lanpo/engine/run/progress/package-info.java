/**
 * What a run has taken so far: counters, the process's time and memory, progress with the time
 * left.
 */
@NullMarked
package io.lanpo.engine.run.progress;

import org.jspecify.annotations.NullMarked;
