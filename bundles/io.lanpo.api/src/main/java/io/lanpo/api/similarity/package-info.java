/** Which past problems are relevant to a question. */
@Export
@Version("2.0.0")
@NullMarked
package io.lanpo.api.similarity;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
