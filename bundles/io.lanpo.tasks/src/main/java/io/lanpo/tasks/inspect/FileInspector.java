package io.lanpo.tasks.inspect;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import io.lanpo.api.component.Setting;
import io.lanpo.api.component.UserException;
import io.lanpo.api.preview.DataInspector;
import io.lanpo.api.preview.DataReport;
import io.lanpo.api.preview.DataReport.Candidates;
import io.lanpo.api.preview.DataReport.Kind;
import io.lanpo.tasks.layout.Layout;
import io.lanpo.tasks.layout.Mapping;
import io.lanpo.tasks.rows.FileFormat;
import io.lanpo.tasks.rows.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Component;

/** Looks at a file of any format that is read. */
@Component
public final class FileInspector implements DataInspector {
  /** Rows that are looked at closely; all are read. */
  private static final int CLOSELY = 2000;

  /** Rows by which a layout is told. */
  private static final int LAYOUT_ROWS = 50;

  /** Worked solutions that are handed on, at equal distances. */
  private static final int SOLUTIONS = 500;

  private static final String ADVICE = "Correct the row, or leave it out.";

  @Override
  public DataReport inspect(Path file, String layout) {
    if (!Files.isRegularFile(file)) {
      throw new UserException(
          file.toAbsolutePath() + (Files.exists(file) ? " is not a file" : " does not exist"),
          "Name a file with a problem a row: .jsonl, .json, .csv or .tsv.");
    }
    Table table = Table.read(file);
    if (table.rows == 0) {
      throw new UserException(file + " has no rows", "Name a file with a problem a row.");
    }
    table.requireNames(file);
    Optional<Layout> found =
        layout.isEmpty()
            ? new Laid(table.first.subList(0, Math.min(LAYOUT_ROWS, table.first.size()))).guess()
            : Optional.of(Laid.named(layout)).filter(l -> l != Layout.NONE);
    return found
        .map(l -> laidOut(table, l, l.mapping().orElseThrow()))
        .orElseGet(() -> ownFields(table));
  }

  private static DataReport laidOut(Table table, Layout layout, Mapping mapping) {
    mapping.require(table.first.get(0), Setting.word(layout), "Choose another --layout, or none.");
    List<Kind> kinds = table.first.stream().map(row -> keyKind(mapping, row)).toList();
    Optional<String> solutions = table.guesses().solution("", "");
    String field = layout == Layout.GSM8K ? "answer" : solutions.orElse("");
    return report(
        table,
        Setting.word(layout),
        Candidates.NONE,
        Candidates.NONE,
        kinds,
        "",
        0,
        texts(table, field));
  }

  private static Kind keyKind(Mapping mapping, Row row) {
    String key = mapping.key(row);
    return key.startsWith("{\"tests\":") ? Kind.TESTS : Kinds.of(key);
  }

  private static DataReport ownFields(Table table) {
    Guesses guesses = table.guesses();
    Candidates question = guesses.question();
    String wording = question.names().isEmpty() ? "" : question.names().get(0);
    Candidates answer = guesses.answer(wording);
    String key = answer.names().isEmpty() ? "" : answer.names().get(0);
    List<Kind> kinds =
        table.first.stream()
            .flatMap(r -> r.value(key).stream())
            // an empty one is refused with its row when the problems are read
            .filter(value -> !Column.text(value).isBlank())
            .map(Kinds::of)
            .toList();
    boolean tests = guesses.tests().isPresent();
    int unnamed =
        tests ? (int) table.first.stream().filter(row -> unnamed(row, wording, key)).count() : 0;
    return report(
        table,
        NO_LAYOUT,
        question,
        answer,
        kinds,
        tests ? guesses.keyFields(wording) : "",
        unnamed,
        texts(table, guesses.solution(wording, key).orElse("")));
  }

  private static boolean unnamed(Row row, String wording, String tests) {
    String text = row.value(wording).map(Column::text).orElse("");
    return row.value(tests)
        .filter(value -> CalledFunctions.unnamed(text, Column.text(value)))
        .isPresent();
  }

  private static List<String> texts(Table table, String field) {
    List<String> all =
        table.first.stream()
            .flatMap(row -> row.value(field).stream())
            .filter(JsonPrimitive.class::isInstance)
            .map(JsonElement::getAsString)
            .toList();
    int step = Math.max(1, all.size() / SOLUTIONS);
    List<String> some = new ArrayList<>();
    for (int i = 0; i < all.size(); i += step) {
      some.add(all.get(i));
    }
    return some;
  }

  private static DataReport report(
      Table table,
      String layout,
      Candidates question,
      Candidates answer,
      List<Kind> kinds,
      String keyFields,
      int unnamed,
      List<String> solutions) {
    Map<Kind, Long> counts =
        kinds.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    Optional<Map.Entry<Kind, Long>> most =
        counts.entrySet().stream().max(Map.Entry.comparingByValue());
    return new DataReport(
        Setting.word(table.format),
        table.rows,
        table.columns.values().stream().map(Column::field).toList(),
        layout,
        question,
        answer,
        most.map(Map.Entry::getKey).orElse(Kind.OTHER),
        most.map(m -> m.getValue() / (double) kinds.size()).orElse(0.0),
        keyFields,
        unnamed,
        table.first.size(),
        solutions);
  }

  /** What has been read of a file. */
  private static final class Table {
    private final FileFormat format;
    private final Map<String, Column> columns = new LinkedHashMap<>();
    private final List<Row> first = new ArrayList<>();
    private long rows;

    private Table(FileFormat format) {
      this.format = format;
    }

    static Table read(Path file) {
      Table table = new Table(FileFormat.of(file));
      try {
        FileFormat.AUTO.reader(file).read(file, ADVICE, table::add);
      } catch (IOException e) {
        throw new UserException(file + " cannot be read: " + e.getMessage(), "Check the file.", e);
      }
      return table;
    }

    private void add(Row row) {
      boolean closely = rows++ < CLOSELY;
      if (closely) {
        first.add(row);
      }
      row.fields()
          .asMap()
          .forEach(
              (name, value) -> {
                Column column = columns.computeIfAbsent(name, Column::new);
                if (!value.isJsonNull()) {
                  column.count();
                  if (closely) {
                    column.look(value);
                  }
                }
              });
    }

    /** The first line of a table is lost where it is a row and names no columns. */
    void requireNames(Path file) {
      boolean named = EnumSet.of(FileFormat.CSV, FileFormat.TSV).contains(format);
      for (String name : columns.keySet()) {
        if (named
            && (name.endsWith("?")
                || EnumSet.of(Kind.NUMBER, Kind.LONG_TEXT).contains(Kinds.of(name)))) {
          throw new UserException(
              "the first line of %s names no columns: it has \"%s\"".formatted(file, name),
              "Put a line with names in front, such as problem and answer.");
        }
      }
    }

    Guesses guesses() {
      return new Guesses(List.copyOf(columns.values()), rows);
    }
  }
}
