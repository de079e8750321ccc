/** Where the figures of a run go: sinks of metrics. */
@Export
@Version("1.0.0")
@NullMarked
package io.lanpo.api.metrics;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
