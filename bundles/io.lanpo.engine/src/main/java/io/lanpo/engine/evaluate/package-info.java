/** Evaluation: held-out problems in each mode, their scores, and the figures of a report. */
@NullMarked
package io.lanpo.engine.evaluate;

import org.jspecify.annotations.NullMarked;
