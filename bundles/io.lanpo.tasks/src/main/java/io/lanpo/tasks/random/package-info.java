/** Seeded random numbers for the set-up of a task. */
@NullMarked
package io.lanpo.tasks.random;

import org.jspecify.annotations.NullMarked;
