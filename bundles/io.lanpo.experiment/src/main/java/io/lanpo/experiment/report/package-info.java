/** Writes what an experiment came to: for a browser and as text, with the same contents. */
@NullMarked
package io.lanpo.experiment.report;

import org.jspecify.annotations.NullMarked;
