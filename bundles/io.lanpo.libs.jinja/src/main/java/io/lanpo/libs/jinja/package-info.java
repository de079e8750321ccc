/**
 * Chat templates of Hugging Face checkpoints.
 *
 * <p>{@link io.lanpo.libs.jinja.ChatTemplate} is all that other bundles see. Package {@code parse}
 * reads a template, package {@code render} renders it and has what it can call, package {@code
 * value} has what its values are and do. It is as much of Jinja as chat templates use, to the
 * character; what is not supported is refused by name, never skipped.
 *
 * <p>Known to differ: tuples print as lists; {@code text * number}, {@code text % value} and {@code
 * **} are not supported, nor are fields within the layout of a field of {@code format}.
 */
@NullMarked
@Export
@Version("1.2.0")
package io.lanpo.libs.jinja;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
