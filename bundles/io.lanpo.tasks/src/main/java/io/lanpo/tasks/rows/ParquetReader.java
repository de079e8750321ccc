package io.lanpo.tasks.rows;

import io.lanpo.api.component.UserException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Refuses Parquet, and says how to convert it. */
final class ParquetReader implements RowReader {
  @Override
  public void read(Path file, String advice, Consumer<Row> rows) {
    String name = String.valueOf(file.getFileName()).replaceAll("(?i)\\.parquet$", "");
    throw new UserException(
        file + " is Parquet, which is not read",
        ("Convert it: python3 -c \"import pandas; pandas.read_parquet('%s').to_json('%s.jsonl',"
                + " orient='records', lines=True)\"")
            .formatted(file, name));
  }
}
