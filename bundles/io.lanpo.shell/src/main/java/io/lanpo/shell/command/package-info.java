/**
 * What every command works with: its context, the options all commands have, cancellation and exit
 * codes. The commands themselves are in the packages below, grouped by what they are about.
 */
@NullMarked
package io.lanpo.shell.command;

import org.jspecify.annotations.NullMarked;
