/**
 * From words to a command: the registry of all commands, the dispatcher that runs one and maps
 * failures to sentences and exit codes, and the help.
 */
@NullMarked
package io.lanpo.shell.dispatch;

import org.jspecify.annotations.NullMarked;
