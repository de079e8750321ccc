/** Runs: start, stop, resume, evaluate, read back; what is installed. */
@Export
@Version("3.4.0")
@NullMarked
package io.lanpo.api.train;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
