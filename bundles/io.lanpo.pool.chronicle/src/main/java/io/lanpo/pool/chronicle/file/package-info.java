/**
 * The files of a pool folder: logs of entries in Chronicle Map files, how they are laid out and
 * described, and the lock that keeps a second process out. Only this package knows Chronicle.
 */
@NullMarked
package io.lanpo.pool.chronicle.file;

import org.jspecify.annotations.NullMarked;
