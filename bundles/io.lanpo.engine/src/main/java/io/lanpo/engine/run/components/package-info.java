/**
 * The components of a run: looked up by name in the service registry and pinned from start to end.
 */
@NullMarked
package io.lanpo.engine.run.components;

import org.jspecify.annotations.NullMarked;
