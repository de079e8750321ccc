package io.lanpo.tasks.rows;

import com.google.gson.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads a table whose first line names the columns, as RFC 4180 has it: values with the delimiter,
 * a quote or a line end stand in quotes. Every value is text.
 *
 * @param delimiters what may stand between values: the first of these that the first line has
 */
record DelimitedReader(String delimiters) implements RowReader {
  /** Characters within which the first line is looked at. */
  private static final int FRONT = 1 << 13;

  @Override
  public void read(Path file, String advice, Consumer<Row> rows) throws IOException {
    try (BufferedReader in = Utf8.open(file, advice);
        CSVParser parser = CSVParser.builder().setReader(in).setFormat(format(in)).get()) {
      Iterator<CSVRecord> records = parser.iterator();
      List<String> columns = new ArrayList<>();
      while (next(records, parser, file, advice)) {
        CSVRecord record = records.next();
        long lastLine = parser.getCurrentLineNumber();
        Place place = Place.line(file, lastLine - lineEnds(record), advice);
        if (columns.isEmpty()) {
          columns.addAll(columns(record, place));
        } else {
          rows.accept(new Row(place, row(record, columns, place)));
        }
      }
    }
  }

  private CSVFormat format(BufferedReader in) throws IOException {
    char[] front = new char[FRONT];
    in.mark(FRONT);
    int read = Math.max(0, in.read(front));
    in.reset();
    String names = new String(front, 0, read).stripLeading().lines().findFirst().orElse("");
    char delimiter =
        (char)
            delimiters
                .chars()
                .filter(each -> names.indexOf(each) >= 0)
                .findFirst()
                .orElse(delimiters.charAt(0));
    return CSVFormat.RFC4180.builder().setDelimiter(delimiter).setIgnoreEmptyLines(true).get();
  }

  /** Whether another record follows; reading it is where a fault shows. */
  private static boolean next(
      Iterator<CSVRecord> records, CSVParser parser, Path file, String advice) {
    try {
      return records.hasNext();
    } catch (UncheckedIOException | IllegalStateException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw Place.line(file, parser.getCurrentLineNumber(), advice)
          .fault(
              "cannot be read as a table: " + cause.getMessage(),
              "Put a value with quotes in quotes, and double those within; nothing was read.",
              e);
    }
  }

  private static long lineEnds(CSVRecord record) {
    return record.stream().flatMapToInt(String::chars).filter(c -> c == '\n').count();
  }

  private static List<String> columns(CSVRecord record, Place place) {
    List<String> columns = record.stream().map(String::strip).toList();
    Set<String> seen = new HashSet<>();
    for (String column : columns) {
      if (column.isEmpty() || !seen.add(column)) {
        throw place.fault(
            column.isEmpty()
                ? "has a column without a name"
                : "has the column \"%s\" twice".formatted(column),
            "The first line must name every column; nothing was read.",
            null);
      }
    }
    return columns;
  }

  private static JsonObject row(CSVRecord record, List<String> columns, Place place) {
    if (record.size() != columns.size()) {
      throw place.fault(
          "has %d values for %d columns".formatted(record.size(), columns.size()),
          "Put a value that has the delimiter or a quote in it in quotes; nothing was read.",
          null);
    }
    JsonObject row = new JsonObject();
    for (int i = 0; i < columns.size(); i++) {
      row.addProperty(columns.get(i), record.get(i));
    }
    return row;
  }
}
