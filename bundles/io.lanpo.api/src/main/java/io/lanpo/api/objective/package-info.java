/** From judged completions to what the policy learns: objectives and learning rates. */
@Export
@Version("1.0.0")
@NullMarked
package io.lanpo.api.objective;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
