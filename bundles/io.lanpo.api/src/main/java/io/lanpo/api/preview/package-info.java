/**
 * What a model folder, a data file and a planned run are like, before anything begins: what a
 * configuration that fits them is made from.
 */
@Export
@Version("1.0.0")
@NullMarked
package io.lanpo.api.preview;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
