/** Damaged inputs for the readers of files and answers, for tests. */
@NullMarked
package io.lanpo.fuzz;

import org.jspecify.annotations.NullMarked;
