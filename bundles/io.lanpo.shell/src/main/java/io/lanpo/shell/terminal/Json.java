package io.lanpo.shell.terminal;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonNull;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import java.util.Map;

/**
 * One JSON document on one line. Numbers that JSON does not have (NaN, infinities) become {@code
 * null}.
 */
public final class Json {
  private static final Gson GSON =
      new GsonBuilder()
          .serializeNulls()
          .disableHtmlEscaping()
          .registerTypeAdapter(
              Double.class,
              (JsonSerializer<Double>)
                  (value, type, context) ->
                      Double.isFinite(value) ? new JsonPrimitive(value) : JsonNull.INSTANCE)
          .create();

  private Json() {}

  /**
   * Writes a document.
   *
   * @param document maps, lists, strings, numbers and booleans
   */
  public static String of(Map<String, ?> document) {
    return GSON.toJson(document);
  }
}
