/** A pool as a file of JSON lines: what a line holds, writing such a file and reading it. */
@NullMarked
package io.lanpo.shell.exchange;

import org.jspecify.annotations.NullMarked;
