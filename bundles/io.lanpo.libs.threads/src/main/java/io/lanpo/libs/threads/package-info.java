/** Threads as every bundle needs them: they have a name and end with the process. */
@NullMarked
@Export
@Version("1.0.0")
package io.lanpo.libs.threads;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
