package io.lanpo.tasks.layout;

import com.google.gson.JsonPrimitive;
import io.lanpo.tasks.rows.Row;
import java.util.List;

/**
 * APPS and TACO: {@code input_output} and {@code solutions} are texts of JSON. Some rows have no
 * tests; the check of gold answers finds them.
 */
final class Apps implements Mapping {
  @Override
  public List<String> needs() {
    return List.of("question", "input_output");
  }

  @Override
  public String question(Row row) {
    return Tests.withCode(row.required("question"), row.text("starter_code").orElse(""));
  }

  @Override
  public String key(Row row) {
    return Tests.key(
            row, row.value("input_output").orElse(new JsonPrimitive("")), "solution", "solutions")
        .toString();
  }
}
