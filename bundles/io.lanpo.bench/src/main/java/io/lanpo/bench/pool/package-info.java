/** {@code bench pool}: any experience pool beside RocksDB and H2 MVStore, in one run. */
@NullMarked
package io.lanpo.bench.pool;

import org.jspecify.annotations.NullMarked;
