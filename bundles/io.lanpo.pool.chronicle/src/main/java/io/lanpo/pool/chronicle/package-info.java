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
 *   data-N/format.properties  version, layout, and what the other files were when it was closed
 *   data-N/experiences.log    records: number and protobuf message, or number and "removed"
 *   data-N/experiences.end    length and checksum of the log when a batch was last acknowledged
 *   data-N/experiences.map    Chronicle Map, sequence number to the same message
 *   data-N/lessons.*          the same for lessons
 *   damaged-N                 a data folder of which not all could be read
 *   building-*                a data folder that is being made
 * </pre>
 *
 * <p>The log is the truth. A map is opened only when it is to the bit what it was when the pool was
 * closed, and made again from the log otherwise; a log that is damaged is made again from such a
 * map. What must be counted is counted in memory, from the entries.
 */
@NullMarked
package io.lanpo.pool.chronicle;

import org.jspecify.annotations.NullMarked;
