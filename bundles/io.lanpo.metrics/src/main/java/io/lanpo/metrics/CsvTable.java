package io.lanpo.metrics;

import io.lanpo.api.metrics.RecordedStep;
import io.lanpo.libs.files.AtomicFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * A table that gets a column when a step has a metric that none before had, as an evaluation's: its
 * file is then written again. That is rare, and a row is otherwise appended.
 */
final class CsvTable implements AutoCloseable {
  private static final CSVFormat FORMAT = CSVFormat.RFC4180;

  private final Path file;
  private final List<String> columns = new ArrayList<>(List.of("step", "at"));
  private CSVPrinter rows;

  private CsvTable(Path file, CSVPrinter rows) {
    this.file = file;
    this.rows = rows;
  }

  /** Begins a file, in the place of another one. */
  static CsvTable begin(Path file) throws IOException {
    Files.deleteIfExists(file);
    return new CsvTable(file, append(file));
  }

  /** Adds a row and hands it to the operating system. */
  void add(RecordedStep step) throws IOException {
    Set<String> more = new TreeSet<>(step.figures().keySet());
    columns.forEach(more::remove);
    if (!more.isEmpty() || !Files.exists(file) || Files.size(file) == 0) {
      columns.addAll(more);
      widen();
    }
    List<@Nullable String> row = new ArrayList<>();
    row.add(Integer.toString(step.step()));
    row.add(text(step.at()));
    for (String name : columns.subList(2, columns.size())) {
      Double value = step.figures().get(name);
      row.add(value == null ? null : text(value));
    }
    rows.printRecord(row);
    rows.flush();
  }

  /** Writes the rows again under all columns. */
  private void widen() throws IOException {
    rows.close();
    List<CSVRecord> before;
    try (CSVParser parser = FORMAT.parse(Files.newBufferedReader(file))) {
      before = parser.getRecords();
    }
    AtomicFile.write(
        file,
        out -> {
          CSVPrinter again =
              new CSVPrinter(new OutputStreamWriter(out, StandardCharsets.UTF_8), FORMAT);
          again.printRecord(columns);
          for (CSVRecord record : before.subList(Math.min(1, before.size()), before.size())) {
            List<@Nullable String> row = new ArrayList<>(record.toList());
            while (row.size() < columns.size()) {
              row.add(null);
            }
            again.printRecord(row);
          }
          again.flush();
        });
    rows = append(file);
  }

  private static CSVPrinter append(Path file) throws IOException {
    BufferedWriter writer =
        Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    return new CSVPrinter(writer, FORMAT);
  }

  /** As short as it can be and be read as the same number; with an exponent if it is far from 1. */
  private static String text(double value) {
    double size = Math.abs(value);
    boolean plain = value == 0 || size >= 1e-9 && size < 1e15;
    return plain
        ? new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString()
        : Double.toString(value);
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
