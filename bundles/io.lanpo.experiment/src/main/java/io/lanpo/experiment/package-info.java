/**
 * Experiments: variants of a run over seeds, compared with statistics.
 *
 * <p>{@code plan} reads the file and makes a list of runs of it; {@code run} carries them out, each
 * in a process of its own; {@code result} reads what they wrote and compares it; {@code report}
 * writes it down. {@link io.lanpo.experiment.ExperimentManager} is the service.
 */
@NullMarked
package io.lanpo.experiment;

import org.jspecify.annotations.NullMarked;
