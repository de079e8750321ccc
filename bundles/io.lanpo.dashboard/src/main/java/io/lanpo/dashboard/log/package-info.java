/**
 * The logs of runs, which grow while they are read: metrics and rollouts, whatever their length,
 * with damaged or cut-off lines skipped and counted.
 */
@NullMarked
package io.lanpo.dashboard.log;

import org.jspecify.annotations.NullMarked;
