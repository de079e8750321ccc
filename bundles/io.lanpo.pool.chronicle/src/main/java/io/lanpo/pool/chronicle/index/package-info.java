/**
 * What the pool keeps in memory about its entries: where they are, how lessons have served, and
 * what is evicted next.
 */
@NullMarked
package io.lanpo.pool.chronicle.index;

import org.jspecify.annotations.NullMarked;
