/** What the runs of an experiment came to: curves, budgets, means and tests. */
@NullMarked
package io.lanpo.experiment.result;

import org.jspecify.annotations.NullMarked;
