/**
 * The command line: the same commands as one-shot words of the launcher and as Gogo commands of the
 * scope {@code lanpo}.
 *
 * <p>From the bottom: {@code terminal} writes, {@code pool} has pool entries as JSON lines, {@code
 * view} lays out what is printed, {@code service} finds services, {@code command} holds the
 * commands, {@code dispatch} finds and runs one of them, and this package connects it to the
 * framework and to Gogo.
 */
@NullMarked
package io.lanpo.shell;

import org.jspecify.annotations.NullMarked;
