/** Verifiers and their verdicts. The reward is the only thing that moves the weights. */
@Export
@Version("1.1.0")
@NullMarked
package io.lanpo.api.reward;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
