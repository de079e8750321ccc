/** What the checks before a run would say of one that is only planned. */
@NullMarked
package io.lanpo.engine.run.preview;

import org.jspecify.annotations.NullMarked;
