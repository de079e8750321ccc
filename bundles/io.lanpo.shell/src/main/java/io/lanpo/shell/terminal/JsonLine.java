package io.lanpo.shell.terminal;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.Optional;

/** Reads a line of a file of JSON lines. */
public final class JsonLine {
  private static final TypeAdapter<JsonElement> JSON = new Gson().getAdapter(JsonElement.class);

  private JsonLine() {}

  /** An object says the same key twice. */
  public static final class RepeatedKeyException extends Exception {
    private static final long serialVersionUID = 1;

    private RepeatedKeyException(String key) {
      super("the key %s is given twice".formatted(key));
    }
  }

  /**
   * The object on a line, key by key: Gson itself takes the last of two equal ones.
   *
   * @return empty when the line is not one object
   * @throws RepeatedKeyException naming the key
   */
  public static Optional<JsonObject> object(String text, Strictness strictness)
      throws RepeatedKeyException {
    JsonReader reader = new JsonReader(new StringReader(text));
    reader.setStrictness(strictness);
    JsonObject object = new JsonObject();
    try {
      reader.beginObject();
      while (reader.hasNext()) {
        String key = reader.nextName();
        if (object.has(key)) {
          throw new RepeatedKeyException(key);
        }
        object.add(key, JSON.read(reader));
      }
      reader.endObject();
      return reader.peek() == JsonToken.END_DOCUMENT ? Optional.of(object) : Optional.empty();
    } catch (IOException | JsonParseException | IllegalStateException | NumberFormatException e) {
      return Optional.empty();
    }
  }
}
