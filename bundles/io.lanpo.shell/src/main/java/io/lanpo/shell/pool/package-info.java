/**
 * The entries of a pool as lines of JSON: writing them to a file, reading them back with every key
 * checked, and comparing two pools.
 */
@NullMarked
package io.lanpo.shell.pool;

import org.jspecify.annotations.NullMarked;
