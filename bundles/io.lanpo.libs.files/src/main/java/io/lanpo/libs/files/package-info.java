/**
 * Files that survive a kill: written whole or not at all, replaced as folders, deleted as trees,
 * read as lines of which the last may have been cut off; and folders of configuration files.
 */
@NullMarked
@Export
@Version("1.0.0")
package io.lanpo.libs.files;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
