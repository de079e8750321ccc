/**
 * What every pluggable component shares: a name, declared settings, errors a user can act on.
 *
 * <p>This is the lowest floor of the API. The packages above it, from bottom to top: {@code task}
 * (problems and prompts), {@code policy} (the model as a training service), {@code reward}
 * (verdicts), {@code feedback} and {@code similarity} (language feedback; they cannot reach a
 * reward or an answer), {@code pool} (past trials), {@code train} (runs).
 */
@Export
@Version("1.3.0")
@NullMarked
package io.lanpo.api.component;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
