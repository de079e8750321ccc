package io.lanpo.tasks.layout;

import com.google.gson.JsonPrimitive;
import io.lanpo.tasks.rows.Row;
import io.lanpo.tasks.rows.Shown;
import java.util.List;

/** HumanEval: a {@code prompt} of code that the solution goes on with. */
final class HumanEval implements Mapping {
  @Override
  public List<String> needs() {
    return List.of("prompt", "entry_point", "test");
  }

  @Override
  public List<String> shows() {
    return List.of("prompt", "entry_point");
  }

  @Override
  public List<String> hides() {
    return List.of("canonical_solution");
  }

  @Override
  public String question(Shown shown) {
    return shown.required("prompt");
  }

  @Override
  public String key(Row row) {
    return Tests.key(
            row,
            new JsonPrimitive(row.required("test")),
            "entry_point",
            "entry_point",
            "prompt",
            "prompt",
            "solution",
            "canonical_solution")
        .toString();
  }
}
