/** Experiences and lessons as bytes, in the wire format of protocol buffers. */
@NullMarked
package io.lanpo.pool.chronicle.codec;

import org.jspecify.annotations.NullMarked;
