/**
 * What Tab offers: the place of the cursor in a command line ({@link TypedLine}), what fits there
 * ({@link LineCompleter}, {@link ServiceValues}), and the same as a script for bash and zsh ({@link
 * CompletionScript}).
 */
@NullMarked
package io.lanpo.shell.completion;

import org.jspecify.annotations.NullMarked;
