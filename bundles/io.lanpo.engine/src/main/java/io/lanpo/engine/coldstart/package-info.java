/** The cold start: supervised learning on demonstrations, a gate, and a cache of the outcome. */
@NullMarked
package io.lanpo.engine.coldstart;

import org.jspecify.annotations.NullMarked;
