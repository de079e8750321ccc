/** Runs the planned runs, each in a process of its own; stopped ones are resumed. */
@NullMarked
package io.lanpo.experiment.run;

import org.jspecify.annotations.NullMarked;
