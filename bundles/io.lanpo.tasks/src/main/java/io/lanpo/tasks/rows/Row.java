package io.lanpo.tasks.rows;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.lanpo.api.component.Names;
import io.lanpo.api.component.UserException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A row of a data file. A field within an object or a list is named with dots: {@code
 * reward_model.ground_truth}, {@code prompt.0.content}.
 *
 * @param place where it stands
 * @param fields what it has; a value that is null counts as absent
 */
public record Row(Place place, JsonObject fields) {
  private static final int LONGEST_INDEX = 6;

  /** A field's value. */
  public Optional<JsonElement> value(String field) {
    JsonElement whole = fields.get(field);
    return (whole == null ? within(fields, field) : Optional.of(whole))
        .filter(value -> !value.isJsonNull());
  }

  private static Optional<JsonElement> within(JsonObject fields, String path) {
    Optional<JsonElement> value = Optional.of(fields);
    for (String name : path.split("\\.", -1)) {
      value = value.flatMap(v -> part(v, name));
    }
    return value;
  }

  private static Optional<JsonElement> part(JsonElement whole, String name) {
    if (whole instanceof JsonObject object) {
      return Optional.ofNullable(object.get(name));
    }
    boolean index = name.matches("\\d{1," + LONGEST_INDEX + "}");
    return index && whole instanceof JsonArray list && Integer.parseInt(name) < list.size()
        ? Optional.of(list.get(Integer.parseInt(name)))
        : Optional.empty();
  }

  /** Whether the row has a field. */
  public boolean has(String field) {
    return value(field).isPresent();
  }

  /**
   * A field's text; numbers and truth values as they are written.
   *
   * @throws UserException when it is a list or an object
   */
  public Optional<String> text(String field) {
    return value(field)
        .map(
            value -> {
              if (value instanceof JsonPrimitive primitive) {
                return primitive.getAsString();
              }
              throw place.fault("has a \"%s\" that is neither text nor a number".formatted(field));
            });
  }

  /**
   * The text of a field that the row must have.
   *
   * @throws UserException when it lacks the field, or it is blank
   */
  public String required(String field) {
    String text = text(field).orElseThrow(() -> lacks(field));
    if (text.isBlank()) {
      throw place.fault("has an empty \"%s\"".formatted(field));
    }
    return text;
  }

  /** What to throw when the row lacks a field. */
  public UserException lacks(String field) {
    List<String> near = Names.nearest(field, fields.keySet());
    String meant = near.isEmpty() ? "" : "Did you mean " + String.join(" or ", near) + "? ";
    return place.fault(
        "lacks \"%s\"; it has %s".formatted(field, fields.keySet()), meant + place.advice(), null);
  }

  /** All fields as texts, lists and maps, as a template takes them; absent ones are left out. */
  public Map<String, Object> forTemplate() {
    return map(fields);
  }

  private static Map<String, Object> map(JsonObject object) {
    Map<String, Object> map = new LinkedHashMap<>();
    object
        .asMap()
        .forEach(
            (name, value) -> {
              if (!value.isJsonNull()) {
                map.put(name, plain(value));
              }
            });
    return map;
  }

  private static Object plain(JsonElement value) {
    if (value instanceof JsonObject object) {
      return map(object);
    }
    if (value instanceof JsonArray array) {
      List<Object> list = new ArrayList<>();
      array.forEach(item -> list.add(item.isJsonNull() ? "" : plain(item)));
      return list;
    }
    return value instanceof JsonPrimitive primitive && primitive.isBoolean()
        ? (Object) primitive.getAsBoolean()
        : value.getAsString();
  }
}
