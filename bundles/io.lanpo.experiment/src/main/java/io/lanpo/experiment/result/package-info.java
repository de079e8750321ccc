/** The results of the runs: curves, budgets, means and statistical tests. */
@NullMarked
package io.lanpo.experiment.result;

import org.jspecify.annotations.NullMarked;
