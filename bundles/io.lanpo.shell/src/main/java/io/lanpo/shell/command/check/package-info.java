/** Commands that measure: verify, eval, compare, experiment, bench. */
@NullMarked
package io.lanpo.shell.command.check;

import org.jspecify.annotations.NullMarked;
