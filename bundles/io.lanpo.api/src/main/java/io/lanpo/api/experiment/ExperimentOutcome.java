package io.lanpo.api.experiment;

import java.nio.file.Path;
import java.util.List;

/**
 * What an experiment came to.
 *
 * @param name its name
 * @param planned runs in all
 * @param finished runs that are finished
 * @param failures runs that failed, one sentence each
 * @param rows the measure by variant
 * @param html the report for a browser; it needs no other file
 * @param markdown the report as text, with pictures beside it
 */
public record ExperimentOutcome(
    String name,
    int planned,
    int finished,
    List<String> failures,
    List<Row> rows,
    Path html,
    Path markdown) {
  public ExperimentOutcome {
    failures = List.copyOf(failures);
    rows = List.copyOf(rows);
  }

  /**
   * The measure of a variant.
   *
   * @param variant the variant's name
   * @param cells one for each budget
   */
  public record Row(String variant, List<Cell> cells) {
    public Row {
      cells = List.copyOf(cells);
    }
  }

  /**
   * A mean over seeds.
   *
   * @param budget at which budget, e.g. {@code steps}
   * @param mean the mean; NaN without runs
   * @param se its standard error; NaN with fewer than two runs
   * @param seeds number of runs
   */
  public record Cell(String budget, double mean, double se, int seeds) {}
}
