/** Scalars as event files that TensorBoard reads. */
@NullMarked
@Export
@Version("1.0.0")
package io.lanpo.libs.tensorboard;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
