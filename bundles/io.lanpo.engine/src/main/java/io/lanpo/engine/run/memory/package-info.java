/** What a run takes of the machine's memory, by estimate, against what there is. */
@NullMarked
package io.lanpo.engine.run.memory;

import org.jspecify.annotations.NullMarked;
