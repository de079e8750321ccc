package io.lanpo.tasks.rows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads a data file of one format, row by row. */
@FunctionalInterface
public interface RowReader {
  /**
   * Hands over all rows, in order.
   *
   * @param file it is there
   * @param advice what a user is told who has to correct it
   * @param rows gets the rows; what it throws ends the reading
   * @throws io.lanpo.api.component.UserException when the file is not of this format, naming line
   *     or row
   * @throws IOException when it cannot be read
   */
  void read(Path file, String advice, Consumer<Row> rows) throws IOException;
}
