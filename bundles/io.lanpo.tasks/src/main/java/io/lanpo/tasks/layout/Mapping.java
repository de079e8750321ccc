package io.lanpo.tasks.layout;

import io.lanpo.api.component.UserException;
import io.lanpo.tasks.rows.Row;
import io.lanpo.tasks.rows.Shown;
import java.util.Arrays;
import java.util.List;

/** How a row becomes a problem. */
public interface Mapping {
  /** Fields that a row must have, each perhaps with others that do as well: {@code text|prompt}. */
  List<String> needs();

  /** Whether a row has them. */
  default boolean fits(Row row) {
    return needs().stream().allMatch(need -> Arrays.stream(need.split("\\|")).anyMatch(row::has));
  }

  /**
   * Refuses a row that lacks one of them.
   *
   * @param layout the name of the layout
   * @param advice what a user is told
   */
  default void require(Row row, String layout, String advice) {
    if (!fits(row)) {
      throw new UserException(
          "%s has the fields %s; layout %s needs %s"
              .formatted(
                  row.place().file(),
                  String.join(", ", row.fields().keySet()),
                  layout,
                  String.join(", ", needs()).replace("|", " or ")),
          advice);
    }
  }

  /** Fields that the question may be made of. */
  List<String> shows();

  /** Fields that hold the answer or a solution, and are never shown. */
  List<String> hides();

  /**
   * The wording of the problem.
   *
   * @param shown the fields that may be shown, at least those of {@link #shows}
   * @throws io.lanpo.api.component.UserException naming the row, when it has none
   */
  String question(Shown shown);

  /**
   * The answer key, in the notation of the verifier that the data set is for.
   *
   * @throws io.lanpo.api.component.UserException naming the row, when it has none
   */
  String key(Row row);
}
