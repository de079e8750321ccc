package io.lanpo.dashboard.log;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.lanpo.api.component.UserException;
import io.lanpo.libs.files.LineTail;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The words of a run's lessons by their ids, from {@code lessons.jsonl}. Not thread-safe. */
final class LessonLog implements LineTail.Visitor {
  private final Path file;
  private final LineTail tail;
  private final Map<String, Words> byId = new HashMap<>();

  /**
   * @param folder the run's
   */
  LessonLog(Path folder) {
    file = folder.resolve("lessons.jsonl");
    tail = new LineTail(file);
  }

  private record Words(String kind, String problem, String text) {}

  /**
   * Lessons as they are shown.
   *
   * @param ids an array of texts; anything else is no lesson
   * @return for each {@code id}, {@code kind}, {@code problem} and {@code text}; the last three are
   *     empty for one that another run has written, from a pool that they share
   */
  List<Map<String, Object>> of(@Nullable JsonElement ids) {
    List<Map<String, Object>> shown = new ArrayList<>();
    if (!(ids instanceof JsonArray array) || array.isEmpty()) {
      return shown;
    }
    try {
      tail.follow(this);
    } catch (IOException e) {
      throw new UserException("%s cannot be read: %s".formatted(file, e), "Try again.", e);
    }
    for (JsonElement each : array) {
      if (each instanceof JsonPrimitive id && id.isString()) {
        Words words = byId.getOrDefault(id.getAsString(), new Words("", "", ""));
        Map<String, Object> lesson = new LinkedHashMap<>();
        lesson.put("id", id.getAsString());
        lesson.put("kind", words.kind);
        lesson.put("problem", words.problem);
        lesson.put("text", words.text);
        shown.add(lesson);
      }
    }
    return shown;
  }

  @Override
  public void restart() {
    byId.clear();
  }

  @Override
  public void line(long at, byte[] bytes, int from, int length) {
    try {
      String text = new String(bytes, from, length, StandardCharsets.UTF_8);
      if (JsonParser.parseString(text) instanceof JsonObject line) {
        byId.put(
            string(line, "lesson"),
            new Words(string(line, "kind"), string(line, "problem"), string(line, "text")));
      }
    } catch (JsonParseException e) {
      // cut off when its process was killed; the view of lessons reads the pool and says so
      return;
    }
  }

  private static String string(JsonObject line, String name) {
    return line.get(name) instanceof JsonPrimitive value && value.isString()
        ? value.getAsString()
        : "";
  }
}
