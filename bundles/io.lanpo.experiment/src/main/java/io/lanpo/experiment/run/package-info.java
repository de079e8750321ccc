/** Carries out the runs of an experiment: each in a process of its own, resumably. */
@NullMarked
package io.lanpo.experiment.run;

import org.jspecify.annotations.NullMarked;
