package io.lanpo.shell.terminal;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonNull;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import io.lanpo.api.component.Setting;
import java.nio.file.Path;
import java.util.Map;

/**
 * One JSON document on one line. Numbers that JSON does not have (NaN, infinities) become {@code
 * null}.
 */
public final class Json {
  private static final JsonSerializer<Double> NUMBERS =
      (value, type, context) ->
          Double.isFinite(value) ? new JsonPrimitive(value) : JsonNull.INSTANCE;

  private static final Gson GSON =
      new GsonBuilder()
          .serializeNulls()
          .disableHtmlEscaping()
          .registerTypeAdapter(Double.class, NUMBERS)
          .registerTypeAdapter(double.class, NUMBERS)
          .registerTypeHierarchyAdapter(Enum.class, words())
          .registerTypeHierarchyAdapter(Path.class, texts())
          .create();

  private Json() {}

  private static JsonSerializer<Enum<?>> words() {
    return (value, type, context) -> new JsonPrimitive(Setting.word(value));
  }

  private static JsonSerializer<Path> texts() {
    return (value, type, context) -> new JsonPrimitive(value.toString());
  }

  /**
   * Writes a document.
   *
   * @param document maps, lists, records, strings, numbers and booleans; a constant of an enum is
   *     written as its word and a path as text
   */
  public static String of(Map<String, ?> document) {
    return GSON.toJson(document);
  }
}
