package io.lanpo.tasks.layout;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.lanpo.tasks.rows.Row;
import io.lanpo.tasks.rows.Shown;
import java.util.List;

/**
 * LiveCodeBench: tests are texts of JSON. In most releases the private ones are packed with
 * Python's pickle, which can hold programs: those are refused and not unpacked.
 */
final class LiveCodeBench implements Mapping {
  private static final String PRIVATE = "private_test_cases";

  @Override
  public List<String> needs() {
    return List.of("question_content", "public_test_cases");
  }

  @Override
  public List<String> shows() {
    return List.of("question_content", "starter_code");
  }

  @Override
  public List<String> hides() {
    return List.of();
  }

  @Override
  public String question(Shown shown) {
    return Tests.withStarter(shown, "question_content");
  }

  @Override
  public String key(Row row) {
    JsonArray tests = Tests.list(row, "public_test_cases").deepCopy();
    if (packed(row)) {
      throw row.place()
          .fault(
              "has %s that are packed (base64, zlib, pickle)".formatted(PRIVATE),
              "Unpack them in Python, c being that field: json.loads(pickle.loads(zlib.decompress("
                  + "base64.b64decode(c)))); or leave the field out to use the public ones alone.",
              null);
    }
    tests.addAll(Tests.list(row, PRIVATE));
    JsonObject key = Tests.key(row, tests);
    row.value("metadata").ifPresent(metadata -> key.addProperty("entry_point", text(metadata)));
    return key.toString();
  }

  /** The verifier finds the function's name in it, as text. */
  private static String text(JsonElement metadata) {
    return metadata.isJsonPrimitive() ? metadata.getAsString() : metadata.toString();
  }

  private static boolean packed(Row row) {
    return row.value(PRIVATE)
        .filter(value -> value.isJsonPrimitive())
        .map(value -> value.getAsString().strip())
        .filter(text -> !text.isEmpty() && !text.startsWith("["))
        .isPresent();
  }
}
