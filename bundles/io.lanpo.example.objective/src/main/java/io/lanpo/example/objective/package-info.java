/** An objective to begin one's own with; docs/tutorial.md shows it whole. */
@NullMarked
package io.lanpo.example.objective;

import org.jspecify.annotations.NullMarked;
