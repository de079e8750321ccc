/**
 * {@code bench policy}: generation, updates and whole training steps of any policy backend, beside
 * the limits of the machine.
 */
@NullMarked
package io.lanpo.bench.policy;

import org.jspecify.annotations.NullMarked;
