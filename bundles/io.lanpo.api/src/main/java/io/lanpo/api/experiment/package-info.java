/** Experiments: variants of a run over seeds, and what they came to. */
@Export
@Version("1.1.0")
@NullMarked
package io.lanpo.api.experiment;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
