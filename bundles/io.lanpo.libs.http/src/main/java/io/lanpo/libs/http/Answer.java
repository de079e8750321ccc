package io.lanpo.libs.http;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.nio.charset.StandardCharsets;

/**
 * What the server answered.
 *
 * @param status HTTP status
 * @param contentType its media type; may be empty
 * @param body the bytes
 */
public record Answer(int status, String contentType, byte[] body) {
  public static final String JSON = "application/json";

  private static final int SHOWN = 400;

  /** The body as a JSON object. */
  public JsonObject json() throws MalformedAnswer {
    return json(body);
  }

  public static JsonObject json(byte[] body) throws MalformedAnswer {
    try {
      if (JsonParser.parseString(new String(body, StandardCharsets.UTF_8))
          instanceof JsonObject object) {
        return object;
      }
    } catch (JsonParseException e) {
      throw new MalformedAnswer("it is not JSON, or is cut off", e);
    }
    throw new MalformedAnswer("it is not a JSON object");
  }

  /** A member that is text; empty when it is missing or something else. */
  public static String text(JsonObject json, String name) {
    JsonElement member = json.get(name);
    return member != null && member.isJsonPrimitive() ? member.getAsString() : "";
  }

  /**
   * A member that must be there.
   *
   * @throws MalformedAnswer when it is not
   */
  public static String required(JsonObject json, String name) throws MalformedAnswer {
    String value = text(json, name);
    if (value.isEmpty()) {
      throw new MalformedAnswer("it has no " + name);
    }
    return value;
  }

  /**
   * A number.
   *
   * @throws MalformedAnswer when it is something else
   */
  public static double number(JsonElement value) throws MalformedAnswer {
    if (value instanceof JsonPrimitive number && number.isNumber()) {
      try {
        return number.getAsDouble();
      } catch (NumberFormatException e) {
        // what looks like a number to a lenient reader
      }
    }
    throw new MalformedAnswer("it has %s where a number belongs".formatted(shown(value)));
  }

  private static String shown(JsonElement value) {
    String text = value.toString();
    return text.length() > 40 ? text.substring(0, 40) + " …" : text;
  }

  /**
   * What the server says of a failure, on one line.
   *
   * @param key taken out before the text is shortened, so that no part of it stays
   */
  String detail(ApiKey key) {
    String text = new String(body, StandardCharsets.UTF_8);
    try {
      JsonElement detail = json().get("detail");
      if (detail != null) {
        text = detail.isJsonPrimitive() ? detail.getAsString() : detail.toString();
      }
    } catch (MalformedAnswer e) {
      // then the text itself is what there is to show
    }
    String line = key.redacted(text).replaceAll("\\s+", " ").strip();
    return line.length() > SHOWN ? line.substring(0, SHOWN) + " …" : line;
  }
}
