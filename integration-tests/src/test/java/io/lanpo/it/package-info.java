/**
 * Scenarios with the whole product in one framework.
 *
 * <p>A test compares what is promised: one configuration gives the same bits on one machine. In
 * another batch, with other threads, behind a server or on another processor results agree up to
 * rounding only, and a micro model after a short cold start is sure of nothing: so numbers are
 * compared with a tolerance whose reason is said, and what is asked rather than what is answered.
 * {@code -Dlanpo.it.seed=1} makes all small runs begin with another seed; the tests pass with any.
 */
@NullMarked
package io.lanpo.it;

import org.jspecify.annotations.NullMarked;
