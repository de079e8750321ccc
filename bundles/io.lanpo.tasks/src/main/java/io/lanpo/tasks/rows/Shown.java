package io.lanpo.tasks.rows;

import com.google.gson.JsonObject;
import java.util.List;

/**
 * What of a row may reach a prompt: the fields that are shown, as a row that has no others. Whoever
 * words a question gets this and not the row, so that no answer key can slip into it.
 */
public final class Shown {
  private final Row row;
  private final Row whole;

  private Shown(Row row, Row whole) {
    this.row = row;
    this.whole = whole;
  }

  /**
   * The part of a row that is shown.
   *
   * @param fields as {@link Row#value} takes them; what the row lacks is left out
   */
  public static Shown of(Row row, List<String> fields) {
    JsonObject some = new JsonObject();
    for (String field : fields) {
      row.value(field).ifPresent(value -> some.add(field, value));
    }
    return new Shown(new Row(row.place(), some), row);
  }

  /**
   * The text of a field that the row must have.
   *
   * @throws io.lanpo.api.component.UserException when it lacks the field, or it is blank
   */
  public String required(String field) {
    if (!row.has(field)) {
      throw whole.lacks(field);
    }
    return row.required(field);
  }

  /** The shown fields, those within others under their whole path. */
  public Row row() {
    return row;
  }
}
