package io.lanpo.tasks.inspect;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import io.lanpo.api.preview.DataReport.Field;
import io.lanpo.api.preview.DataReport.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What has been seen of a field. */
final class Column {
  private static final int EXAMPLE = 60;

  private final String name;
  private final Map<Kind, Integer> kinds = new EnumMap<>(Kind.class);
  private final List<Integer> lengths = new ArrayList<>();
  private String example = "";
  private long rows;

  Column(String name) {
    this.name = name;
  }

  /** A row has the field. */
  void count() {
    rows++;
  }

  /** One of the values that are looked at. */
  void look(JsonElement value) {
    kinds.merge(Kinds.of(value), 1, Integer::sum);
    String text = text(value);
    lengths.add(text.length());
    if (example.isEmpty()) {
      String line = text.replaceAll("\\s+", " ");
      example = line.length() > EXAMPLE ? line.substring(0, EXAMPLE) + "…" : line;
    }
  }

  static String text(JsonElement value) {
    return value instanceof JsonPrimitive primitive ? primitive.getAsString() : value.toString();
  }

  String name() {
    return name;
  }

  long rows() {
    return rows;
  }

  /** What most of its values are. */
  Kind kind() {
    return kinds.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse(Kind.OTHER);
  }

  /** Length in the middle, in characters. */
  int characters() {
    List<Integer> sorted = new ArrayList<>(lengths);
    Collections.sort(sorted, Comparator.naturalOrder());
    return sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2);
  }

  Field field() {
    return new Field(name, kind(), rows, characters(), example);
  }
}
