/** The figures of a run as files in its folder: for TensorBoard, and as CSV. */
@NullMarked
package io.lanpo.metrics;

import org.jspecify.annotations.NullMarked;
