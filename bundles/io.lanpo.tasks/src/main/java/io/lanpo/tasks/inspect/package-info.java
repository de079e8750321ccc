/**
 * Looks at a file of data that nobody has told anything about: {@link
 * io.lanpo.tasks.inspect.FileInspector} reads it once and guesses its layout and fields.
 */
@NullMarked
package io.lanpo.tasks.inspect;

import org.jspecify.annotations.NullMarked;
