package io.lanpo.api.preview;

import java.util.List;

/**
 * What a data file holds, and which fields look like a problem and its answer. The texts in here
 * are for people who look at their own file; they go into no prompt.
 *
 * @param format how the file is written, such as {@code jsonl}
 * @param rows how many there are
 * @param fields what rows have, in the order of their first appearance
 * @param layout the published layout; {@link DataInspector#NO_LAYOUT} if it has none
 * @param question which field holds the wording; without names if a layout says so
 * @param answer which field holds the answer, or the tests; without names if a layout says so
 * @param answers what the answers of the first rows are, under the layout or in the first field of
 *     {@code answer}; {@link Kind#OTHER} if there is none
 * @param uniform share of these answers that are of that kind
 * @param keyFields the parts of an answer key with tests, as a run's {@code task.key-fields}; empty
 *     if a layout says so or the answers are no tests
 * @param unnamed of how many of these rows the tests call a function that the wording does not name
 * @param looked how many rows were looked at for all of this
 * @param solutions worked solutions, or reference programs, of some rows; empty when there are none
 */
public record DataReport(
    String format,
    long rows,
    List<Field> fields,
    String layout,
    Candidates question,
    Candidates answer,
    Kind answers,
    double uniform,
    String keyFields,
    int unnamed,
    int looked,
    List<String> solutions) {
  public DataReport {
    fields = List.copyOf(fields);
    solutions = List.copyOf(solutions);
  }

  /** What the values of a field are. */
  public enum Kind {
    NUMBER,
    /** A short formula. */
    LATEX,
    SHORT_TEXT,
    LONG_TEXT,
    CODE,
    /** What tells a right program from a wrong one. */
    TESTS,
    /** Lists, objects, truth values, nothing at all. */
    OTHER
  }

  /**
   * A field.
   *
   * @param name its name
   * @param kind what most of its values are
   * @param rows how many rows have it
   * @param characters length of a value in the middle
   * @param example the first value, cut
   */
  public record Field(String name, Kind kind, long rows, int characters, String example) {}

  /**
   * Fields that could be meant, the likeliest first.
   *
   * @param names of the fields
   * @param clear whether the first one can be taken unasked
   */
  public record Candidates(List<String> names, boolean clear) {
    /** There is nothing to choose. */
    public static final Candidates NONE = new Candidates(List.of(), true);

    public Candidates {
      names = List.copyOf(names);
    }
  }
}
