/** Runs as services: folders, pinned components, checkpoints, stop and resume. */
@NullMarked
package io.lanpo.engine.run;

import org.jspecify.annotations.NullMarked;
