/** Commands about runs: train, resume, stop, status, runs, watch, and the dashboard page. */
@NullMarked
package io.lanpo.shell.command.run;

import org.jspecify.annotations.NullMarked;
