package io.lanpo.pool.chronicle.file;

import org.jspecify.annotations.Nullable;

/**
 * What is left of the entries of one kind.
 *
 * @param source the entries
 * @param loss one sentence on what is lost; null when nothing is
 */
record Rest(EntrySource source, @Nullable String loss) {}
