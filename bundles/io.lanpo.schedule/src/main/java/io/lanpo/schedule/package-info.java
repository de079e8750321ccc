/** Learning rates over the steps of a run. */
@NullMarked
package io.lanpo.schedule;

import org.jspecify.annotations.NullMarked;
