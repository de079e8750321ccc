/** The experience pool: every trial and every lesson, across runs. */
@Export
@Version("2.3.0")
@NullMarked
package io.lanpo.api.pool;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
