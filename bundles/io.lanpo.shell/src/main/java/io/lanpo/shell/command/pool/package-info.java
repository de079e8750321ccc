/** The subcommands of {@code pool}, and how they find, open and page through a pool. */
@NullMarked
package io.lanpo.shell.command.pool;

import org.jspecify.annotations.NullMarked;
