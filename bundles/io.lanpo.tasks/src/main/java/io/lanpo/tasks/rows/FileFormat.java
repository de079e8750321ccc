package io.lanpo.tasks.rows;

import io.lanpo.api.component.UserException;
import java.nio.file.Path;
import java.util.Locale;

/** How a data file is laid out. */
public enum FileFormat {
  /** As the ending of its name says. */
  AUTO,
  /** A JSON object a line; {@code .jsonl}, {@code .ndjson}. */
  JSONL,
  /** A list of JSON objects, or an object with one such list; {@code .json}. */
  JSON,
  /** A table with commas between values, or semicolons if its names have no comma; {@code .csv}. */
  CSV,
  /** A table with tabs between values; {@code .tsv}. */
  TSV,
  /** Apache Parquet; {@code .parquet}. */
  PARQUET;

  /**
   * What reads a file.
   *
   * @throws UserException when it is for the ending to say, and it says nothing
   */
  public RowReader reader(Path file) {
    return switch (this) {
      case AUTO -> of(file).reader(file);
      case JSONL -> new JsonLinesReader();
      case JSON -> new JsonArrayReader();
      case CSV -> new DelimitedReader(",;");
      case TSV -> new DelimitedReader("\t");
      case PARQUET -> new ParquetReader();
    };
  }

  /** The format that the ending of a name stands for. */
  public static FileFormat of(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "jsonl", "ndjson" -> JSONL;
      case "json" -> JSON;
      case "csv" -> CSV;
      case "tsv" -> TSV;
      case "parquet" -> PARQUET;
      default ->
          throw new UserException(
              "the ending of %s does not say how it is laid out".formatted(file),
              "Name a file that ends in .jsonl, .json, .csv, .tsv or .parquet, or set"
                  + " task.file-format.");
    };
  }
}
