package io.lanpo.tasks.file;

import io.lanpo.api.component.UserException;
import io.lanpo.api.task.AnswerKey;
import io.lanpo.api.task.KeyFields;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Question;
import io.lanpo.libs.template.RowTemplate;
import io.lanpo.tasks.layout.Mapping;
import io.lanpo.tasks.rows.FileFormat;
import io.lanpo.tasks.rows.Place;
import io.lanpo.tasks.rows.Row;
import io.lanpo.tasks.rows.Shown;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes problems of the rows of files. A file with a fault anywhere is refused as a whole.
 *
 * @param format of the files
 * @param layout its name, for messages
 * @param mapping which fields are read
 * @param shown the fields that a question may be made of
 * @param wordingKey the setting that wording is read from, for messages
 * @param wording makes the question instead of the mapping
 * @param ids fields that name a problem; the first that a row has counts
 * @param labels fields that become labels of a problem, where a row has them
 * @param advice what a user is told who has to correct a file
 */
record ProblemReader(
    FileFormat format,
    String layout,
    Mapping mapping,
    ShownFields shown,
    String wordingKey,
    Optional<RowTemplate> wording,
    List<String> ids,
    KeyFields labels,
    String advice) {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemReader.class);

  /**
   * All problems, in the order of files and rows.
   *
   * @param sources at least one
   * @param all the files of the task, of which two may be named alike
   * @param repeats whether a row stays that says the same as one before it
   * @throws UserException when a file is empty or faulty, naming file and row
   */
  List<Entry> read(List<Source> sources, List<Source> all, boolean repeats) {
    List<Entry> entries = new ArrayList<>();
    Set<List<Object>> seen = new HashSet<>();
    for (Source source : sources) {
      Reading reading = new Reading(source, called(source, all));
      try {
        format
            .reader(source.path())
            .read(
                source.path(),
                advice,
                row -> {
                  Entry entry = reading.entry(row);
                  if (repeats || seen.add(List.of(entry.wording(), entry.problem().key()))) {
                    entries.add(entry);
                    reading.kept++;
                  }
                });
      } catch (IOException e) {
        throw new UserException(
            source.path() + " cannot be read: " + e.getMessage(), "Check the file.", e);
      }
      reading.finish();
    }
    return entries;
  }

  /**
   * What problems without an id are called after: the file's name, or its path if that is not
   * unique.
   */
  private static String called(Source source, List<Source> all) {
    Path name = source.path().getFileName();
    long alike = all.stream().filter(s -> s.path().getFileName().equals(name)).count();
    return String.valueOf(alike > 1 ? source.path() : name);
  }

  /** The reading of one file. */
  private final class Reading {
    private final Source source;
    private final String name;
    private long rows;
    private long kept;

    Reading(Source source, String name) {
      this.source = source;
      this.name = name;
    }

    Entry entry(Row row) {
      if (rows++ == 0) {
        mapping.require(
            row,
            layout,
            "Choose another task.layout, or none and name the fields; nothing was read.");
      }
      return new Entry(
          row.place(),
          source.weight(),
          new Problem(
              new Question(id(row), question(row)),
              new AnswerKey(mapping.key(row)),
              labelsOf(row)));
    }

    private String id(Row row) {
      Place place = row.place();
      return ids.stream()
          .flatMap(field -> row.text(field).stream())
          .filter(id -> !id.isBlank())
          .findFirst()
          .orElse(name + ":" + place.number());
    }

    private String question(Row row) {
      wording.ifPresent(template -> shown.require(row, template.names(), wordingKey));
      Shown some = shown.of(row);
      String text =
          wording
              .map(template -> template.fill(some.row().forTemplate(), row::lacks))
              .orElseGet(() -> mapping.question(some));
      if (text.isBlank()) {
        throw row.place().fault("has an empty question");
      }
      return text;
    }

    private Map<String, String> labelsOf(Row row) {
      Map<String, String> found = new TreeMap<>();
      for (KeyFields.Part label : labels.parts()) {
        row.text(label.member())
            .filter(value -> !value.isBlank())
            .ifPresent(value -> found.putIfAbsent(label.name(), value));
      }
      return found;
    }

    void finish() {
      if (rows == 0) {
        throw new UserException(source.path() + " holds no problems: it is empty", advice);
      }
      if (kept < rows) {
        LOG.info(
            "{}: {} of {} rows are left out, as they say the same as one before them",
            source.path(),
            rows - kept,
            rows);
      }
    }
  }
}
