/** The figures of a run on an MLflow tracking server. */
@NullMarked
package io.lanpo.metrics.mlflow;

import org.jspecify.annotations.NullMarked;
