/** Scalars, texts and hyperparameters as event files that TensorBoard reads. */
@NullMarked
@Export
@Version("2.0.0")
package io.lanpo.libs.tensorboard;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
