/**
 * {@code lanpo bench pool}: the experience pool beside RocksDB and H2 MVStore, in one run. Not part
 * of the default product: the feature {@code bench} adds this bundle, which holds both stores.
 */
@NullMarked
package io.lanpo.pool.bench;

import org.jspecify.annotations.NullMarked;
