/**
 * The files of a pool folder: logs of entries and the Chronicle Maps beside them, how they are
 * compared, laid out and made, and the lock that keeps a second process out. Only this package
 * knows Chronicle.
 *
 * <p>{@link io.lanpo.pool.chronicle.file.PoolOpening} leads from a folder to open {@link
 * io.lanpo.pool.chronicle.file.PoolFiles}; {@link io.lanpo.pool.chronicle.file.PoolReading} is for
 * a look that changes nothing.
 */
@NullMarked
package io.lanpo.pool.chronicle.file;

import org.jspecify.annotations.NullMarked;
