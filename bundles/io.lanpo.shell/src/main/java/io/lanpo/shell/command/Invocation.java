package io.lanpo.shell.command;

import io.lanpo.shell.service.Installation;
import io.lanpo.shell.service.Services;
import io.lanpo.shell.view.Console;

/**
 * What a command works with.
 *
 * @param console where it writes
 * @param services what it calls
 * @param installation where the platform lives
 * @param cancellation the user's wish to end it
 */
public record Invocation(
    Console console, Services services, Installation installation, Cancellation cancellation) {}
