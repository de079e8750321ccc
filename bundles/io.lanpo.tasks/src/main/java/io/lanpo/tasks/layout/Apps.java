package io.lanpo.tasks.layout;

import com.google.gson.JsonPrimitive;
import io.lanpo.tasks.rows.Row;
import io.lanpo.tasks.rows.Shown;
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
  public List<String> shows() {
    return List.of("question", "starter_code");
  }

  @Override
  public List<String> hides() {
    return List.of("solutions");
  }

  @Override
  public String question(Shown shown) {
    return Tests.withStarter(shown, "question");
  }

  @Override
  public String key(Row row) {
    return Tests.key(
            row, row.value("input_output").orElse(new JsonPrimitive("")), "solution", "solutions")
        .toString();
  }
}
