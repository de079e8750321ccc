/** Writes GGUF files, for tests. */
@NullMarked
package io.lanpo.gguf;

import org.jspecify.annotations.NullMarked;
