/** From a configuration to an opened run: components, checked settings, task, pool. */
@NullMarked
package io.lanpo.engine.run.preparation;

import org.jspecify.annotations.NullMarked;
