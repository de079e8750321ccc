package io.lanpo.tasks.rows;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.lanpo.api.component.UserException;
import java.io.IOException;
import java.io.Reader;

/** JSON as its standard has it, in which an object has each key once. */
final class StrictJson {
  private StrictJson() {}

  static JsonReader reader(Reader in) {
    JsonReader reader = new JsonReader(in);
    reader.setStrictness(Strictness.STRICT);
    return reader;
  }

  /**
   * The next value, objects key by key: Gson itself takes the last of two equal keys.
   *
   * @param place of the value
   * @throws UserException for a key that an object has twice
   * @throws IOException when it is no JSON
   */
  static JsonElement element(JsonReader reader, Place place) throws IOException {
    JsonToken next = reader.peek();
    if (next == JsonToken.BEGIN_OBJECT) {
      JsonObject object = new JsonObject();
      reader.beginObject();
      while (reader.hasNext()) {
        String key = reader.nextName();
        if (object.has(key)) {
          throw place.fault("has the key \"%s\" twice".formatted(key));
        }
        object.add(key, element(reader, place));
      }
      reader.endObject();
      return object;
    }
    if (next == JsonToken.BEGIN_ARRAY) {
      JsonArray array = new JsonArray();
      reader.beginArray();
      while (reader.hasNext()) {
        array.add(element(reader, place));
      }
      reader.endArray();
      return array;
    }
    return JsonParser.parseReader(reader);
  }
}
