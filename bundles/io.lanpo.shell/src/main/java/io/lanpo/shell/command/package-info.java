/**
 * One class per command, the dispatcher that finds it, and the mapping of failures to sentences and
 * exit codes.
 */
@NullMarked
package io.lanpo.shell.command;

import org.jspecify.annotations.NullMarked;
