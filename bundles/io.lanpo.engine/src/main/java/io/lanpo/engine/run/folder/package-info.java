/** The folder of a run: its records, logs and checkpoints as files. */
@NullMarked
package io.lanpo.engine.run.folder;

import org.jspecify.annotations.NullMarked;
