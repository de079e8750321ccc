/** Benchmarks: what they measure, and the limits of the machine beside which a figure stands. */
@Export
@Version("1.0.0")
@NullMarked
package io.lanpo.api.bench;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
