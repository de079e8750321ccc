/**
 * What the metrics sinks of a run are told. They cannot hold it up: {@link
 * io.lanpo.engine.run.sink.SinkFeed} tells each on a thread of its own and sets it aside when it
 * fails.
 */
@NullMarked
package io.lanpo.engine.run.sink;

import org.jspecify.annotations.NullMarked;
