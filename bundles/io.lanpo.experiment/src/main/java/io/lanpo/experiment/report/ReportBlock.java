package io.lanpo.experiment.report;

import java.util.ArrayList;
import java.util.List;

/** A part of a report, apart from how it is written. */
sealed interface ReportBlock {
  /** A heading; level 1 is the title. */
  record Heading(int level, String text) implements ReportBlock {}

  /** A paragraph. */
  record Paragraph(String text) implements ReportBlock {}

  /**
   * A table.
   *
   * @param figures whether all columns but the first are figures; they are text otherwise
   * @param heads names of the columns
   * @param rows as many cells each as there are columns
   */
  record Table(boolean figures, List<String> heads, List<List<String>> rows)
      implements ReportBlock {
    static Table ofFigures(List<String> heads) {
      return new Table(true, heads, new ArrayList<>());
    }

    static Table ofFigures(String... heads) {
      return ofFigures(List.of(heads));
    }

    static Table ofText(String... heads) {
      return new Table(false, List.of(heads), new ArrayList<>());
    }

    Table row(List<String> cells) {
      if (cells.size() != heads.size()) {
        throw new IllegalArgumentException(cells + " in a table of " + heads);
      }
      rows.add(cells);
      return this;
    }

    Table row(String... cells) {
      return row(List.of(cells));
    }
  }

  /**
   * A picture.
   *
   * @param file its file's name in the text report
   * @param text what it shows
   * @param svg an {@code svg} element
   */
  record Figure(String file, String text, String svg) implements ReportBlock {}
}
