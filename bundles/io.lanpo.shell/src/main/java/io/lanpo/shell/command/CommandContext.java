package io.lanpo.shell.command;

import io.lanpo.api.train.Installation;
import io.lanpo.shell.service.Services;
import io.lanpo.shell.terminal.Console;
import io.lanpo.shell.terminal.Keyboard;

/**
 * What a command works with.
 *
 * @param console where it writes
 * @param keyboard where it asks
 * @param services what it calls
 * @param installation where the platform lives
 * @param version version of the command line's bundle
 * @param cancellation cancelled when the user wants to end the command
 * @param interactive whether the process goes on when the command has ended, as a shell does
 */
public record CommandContext(
    Console console,
    Keyboard keyboard,
    Services services,
    Installation installation,
    String version,
    CancellationToken cancellation,
    boolean interactive) {}
