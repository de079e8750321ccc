/**
 * When two questions are the same problem: by their {@link io.lanpo.libs.question.Wording}, or as
 * {@link io.lanpo.libs.question.NearDuplicates}, which say the same in other words.
 */
@NullMarked
@Export
@Version("1.0.0")
package io.lanpo.libs.question;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
