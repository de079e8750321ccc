/**
 * The figures of an evaluation: from samples of a problem to {@linkplain
 * io.lanpo.libs.statistics.PassAtK pass@k} and {@linkplain io.lanpo.libs.statistics.Majority
 * maj@k}, from problems to {@linkplain io.lanpo.libs.statistics.Bootstrap confidence intervals}.
 */
@NullMarked
@Export
@Version("1.0.0")
package io.lanpo.libs.statistics;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
