/** Problems, the prompts that pose them, and demonstrations for a cold start. */
@Export
@Version("1.2.0")
@NullMarked
package io.lanpo.api.task;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
