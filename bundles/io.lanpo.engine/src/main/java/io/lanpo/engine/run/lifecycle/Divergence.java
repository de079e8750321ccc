package io.lanpo.engine.run.lifecycle;

import io.lanpo.api.component.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tells when a training has diverged. */
final class Divergence {
  private Divergence() {}

  /** Weights that are no numbers cannot recover; the last checkpoint still can. */
  static void refuse(Map<String, Object> line, int step) {
    List<String> broken = new ArrayList<>();
    line.forEach(
        (name, value) -> {
          if (value instanceof Double number && !Double.isFinite(number)) {
            broken.add(name);
          }
        });
    if (!broken.isEmpty()) {
      throw new UserException(
          "training diverged in step %d: %s is not a finite number"
              .formatted(step, String.join(", ", broken)),
          "Lower optimizer.learning-rate or optimizer.max-gradient-norm and start again.");
    }
  }
}
