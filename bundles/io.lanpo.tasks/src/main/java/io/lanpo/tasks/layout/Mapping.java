package io.lanpo.tasks.layout;

import io.lanpo.tasks.rows.Row;
import java.util.List;

/** How a row becomes a problem. */
public interface Mapping {
  /** Fields that a row must have, each perhaps with others that do as well: {@code text|prompt}. */
  List<String> needs();

  /**
   * The wording of the problem.
   *
   * @throws io.lanpo.api.component.UserException naming the row, when it has none
   */
  String question(Row row);

  /**
   * The answer key, in the notation of the verifier that the data set is for.
   *
   * @throws io.lanpo.api.component.UserException naming the row, when it has none
   */
  String key(Row row);
}
