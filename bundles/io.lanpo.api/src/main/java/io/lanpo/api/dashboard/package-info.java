/** The page on which runs are watched in a browser. It shows; it changes nothing. */
@Export
@Version("1.0.0")
@NullMarked
package io.lanpo.api.dashboard;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
