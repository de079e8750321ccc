/**
 * The command line: the same commands as one-shot words of the launcher and as Gogo commands of the
 * scope {@code lanpo}.
 *
 * <p>From the bottom: {@code view} lays out what is printed, {@code service} finds services, {@code
 * command} holds one class per command and what they share, and this package connects them to the
 * framework and to Gogo.
 */
@NullMarked
package io.lanpo.shell;

import org.jspecify.annotations.NullMarked;
