/**
 * {@code precision = auto}: {@link io.lanpo.policy.djl.precision.PrecisionChooser} decides by a
 * measurement, which {@link io.lanpo.policy.djl.precision.SpeedupFiles} keeps for this machine.
 */
@NullMarked
package io.lanpo.policy.djl.precision;

import org.jspecify.annotations.NullMarked;
