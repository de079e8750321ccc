/**
 * The experience pool in Chronicle Map files.
 *
 * <p>From the outside in: {@link io.lanpo.pool.chronicle.ChroniclePoolStore} is the service; it
 * opens a {@link io.lanpo.pool.chronicle.ChroniclePool}, which joins the indexes of package {@code
 * index}, in memory, with the two {@link io.lanpo.pool.chronicle.file.EntryLog}s of package {@code
 * file}, on disk: one of experiences and one of lessons.
 *
 * <p>A pool folder contains
 *
 * <pre>
 *   lock                      locked while the pool is open
 *   open                      process id of the holder; left behind by a crash
 *   data-N/format.properties  version and layout
 *   data-N/experiences.map    Chronicle Map, sequence number to a protobuf message
 *   data-N/lessons.map        the same for lessons
 * </pre>
 *
 * <p>Entries are never overwritten: a killed process then loses nothing that was acknowledged. What
 * must be counted is counted in memory, from the entries.
 */
@NullMarked
package io.lanpo.pool.chronicle;

import org.jspecify.annotations.NullMarked;
