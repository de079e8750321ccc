/**
 * The launcher: checks the JVM, starts the framework with the bundles of the product, and gives
 * back the exit code of the one command it was started for, or an interactive shell.
 *
 * <p>What it passes on as framework properties: {@code lanpo.home}, {@code lanpo.configs}, {@code
 * lanpo.deploy}, {@code lanpo.runs}, {@code lanpo.var} (folders), {@code lanpo.debug}, and for a
 * one-shot {@code lanpo.command.args}, the arguments as a JSON array of strings. Whoever runs the
 * command does so in a thread named {@code lanpo-command}, sets the system property {@code
 * lanpo.exit} and stops the framework. As soon as the end of the process has begun, the system
 * property {@code lanpo.ending} is set: nobody waits for code of others from then on.
 */
@NullMarked
package io.lanpo.runtime;

import org.jspecify.annotations.NullMarked;
