/**
 * The policy as a training service: generate, score, update, save, open. Tokens are {@code int[]},
 * log-probabilities are {@code float[]} in nats; no type of a numeric library appears here.
 */
@Export
@Version("2.4.0")
@NullMarked
package io.lanpo.api.policy;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
