package io.lanpo.experiment.result;

import java.util.List;

/**
 * The measure along a run.
 *
 * @param points in the order of steps, at least one
 */
public record Curve(List<CurvePoint> points) {
  /** Checks that there is something. */
  public Curve {
    points = List.copyOf(points);
    if (points.isEmpty()) {
      throw new IllegalArgumentException("a curve needs a point");
    }
  }

  /** The end of the run. */
  public CurvePoint last() {
    return points.get(points.size() - 1);
  }

  /**
   * The last point that does not exceed a budget. Nothing is made up between two evaluations: a run
   * is credited with what it was seen to reach.
   */
  public CurvePoint within(Budget budget, double amount) {
    CurvePoint reached = points.get(0);
    for (CurvePoint point : points) {
      if (budget.of(point) <= amount) {
        reached = point;
      }
    }
    return reached;
  }
}
