/**
 * Hot deployment: what came of the files in the watched folders, and why a component does not
 * serve.
 */
@Export
@Version("1.0.0")
@NullMarked
package io.lanpo.api.deploy;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
