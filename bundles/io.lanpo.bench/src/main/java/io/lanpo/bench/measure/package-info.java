/**
 * What all benchmarks share: the component that is measured, the course of the measurement with its
 * progress and its early end, what a piece of work costs, and figures from repeated samples.
 */
@NullMarked
package io.lanpo.bench.measure;

import org.jspecify.annotations.NullMarked;
