package io.lanpo.tasks.inspect;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.UserException;
import io.lanpo.tasks.layout.Layout;
import io.lanpo.tasks.layout.Mapping;
import io.lanpo.tasks.rows.Row;
import io.lanpo.tasks.rows.Shown;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds out which published layout rows have, by reading them as such.
 *
 * @param rows the first ones
 */
record Laid(List<Row> rows) {
  /** Rows of MATH that have it need no answer to be taken from the solution. */
  private static final String ANSWER = "answer";

  /** A layout that all of these rows can be read as; empty if there is none. */
  Optional<Layout> guess() {
    return Arrays.stream(Layout.values())
        .filter(layout -> layout.mapping().map(this::reads).orElse(false))
        .filter(layout -> layout != Layout.MATH || rows.stream().noneMatch(r -> r.has(ANSWER)))
        .findFirst();
  }

  /** The layout of a name. */
  static Layout named(String name) {
    return Arrays.stream(Layout.values())
        .filter(layout -> Setting.word(layout).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    "--layout = %s is not known".formatted(name),
                    "Layouts are %s."
                        .formatted(
                            String.join(
                                ", ",
                                Arrays.stream(Layout.values()).map(Setting::word).toList()))));
  }

  private boolean reads(Mapping mapping) {
    return !rows.isEmpty() && rows.stream().allMatch(row -> reads(mapping, row));
  }

  private static boolean reads(Mapping mapping, Row row) {
    if (!mapping.fits(row)) {
      return false;
    }
    try {
      mapping.question(Shown.of(row, mapping.shows()));
      mapping.key(row);
      return true;
    } catch (UserException e) {
      return false; // this is how a row says that it is laid out otherwise
    }
  }
}
