/** Evaluations on request: what was asked, the answers so far, continued after an interruption. */
@NullMarked
package io.lanpo.engine.run.evaluate;

import org.jspecify.annotations.NullMarked;
