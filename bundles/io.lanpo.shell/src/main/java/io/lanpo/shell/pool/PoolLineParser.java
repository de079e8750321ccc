package io.lanpo.shell.pool;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.lanpo.api.component.Names;
import io.lanpo.api.component.Setting;
import io.lanpo.api.component.UserException;
import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.pool.Experience;
import io.lanpo.api.pool.StoredLesson;
import io.lanpo.api.task.Question;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Reads the fields of one line; every complaint names the line, the key and the value. */
final class PoolLineParser {
  private static final int SHOWN = 60;

  private final JsonObject line;
  private final String place;
  private final Set<String> known = new LinkedHashSet<>();

  /**
   * @param line the line's document
   * @param place file and line, for messages
   */
  PoolLineParser(JsonObject line, String place) {
    this.line = line;
    this.place = place;
  }

  /**
   * The entry on the line.
   *
   * @throws UserException when a key is missing or unknown or a value is not what it must be
   */
  PoolEntry entry() {
    String type = text(PoolEntry.TYPE);
    PoolEntry entry =
        switch (type) {
          case PoolEntry.ExperienceEntry.WORD -> new PoolEntry.ExperienceEntry(experience());
          case PoolEntry.LessonEntry.WORD -> new PoolEntry.LessonEntry(lesson());
          default -> throw wrong(PoolEntry.TYPE, "experience or lesson");
        };
    for (String key : line.keySet()) {
      if (!known.contains(key)) {
        throw new UserException(
            "%s: a line of type %s has no key %s".formatted(place, type, key),
            Names.suggestion(key, known));
      }
    }
    return entry;
  }

  private Experience experience() {
    return new Experience(
        name("id"),
        name("run"),
        (int) whole("step", Integer.MAX_VALUE),
        whole("policyVersion", Long.MAX_VALUE),
        new Question(name("problem"), text("question")),
        word("mode", FeedbackMode.class),
        texts("lessons"),
        text("attempt"),
        value("finished", JsonPrimitive::isBoolean, "true or false").getAsBoolean(),
        new Experience.Outcome(
            word("verdict", Experience.Outcome.Kind.class),
            decimal("reward"),
            value("accepted", JsonPrimitive::isBoolean, "true or false").getAsBoolean(),
            decimal("baseline"),
            text("explanation")));
  }

  private StoredLesson lesson() {
    Lesson lesson =
        new Lesson(
            name("id"),
            word("kind", Lesson.Kind.class),
            text("text"),
            new Question(name("problem"), text("question")));
    return new StoredLesson(lesson, name("run"), (int) whole("step", Integer.MAX_VALUE));
  }

  private String text(String key) {
    return value(key, JsonPrimitive::isString, "text in quotes").getAsString();
  }

  private String name(String key) {
    String name = text(key);
    if (name.isBlank()) {
      throw wrong(key, "text that is not blank");
    }
    return name;
  }

  private List<String> texts(String key) {
    String right = "a list of texts in quotes";
    JsonElement value = present(key);
    if (!value.isJsonArray()) {
      throw wrong(key, right);
    }
    List<String> texts = new ArrayList<>();
    for (JsonElement each : value.getAsJsonArray()) {
      if (!each.isJsonPrimitive() || !each.getAsJsonPrimitive().isString()) {
        throw wrong(key, right);
      }
      texts.add(each.getAsString());
    }
    return texts;
  }

  private long whole(String key, long max) {
    String right = "a whole number from 0 to " + max;
    String digits = value(key, JsonPrimitive::isNumber, right).getAsString();
    try {
      long number = Long.parseLong(digits);
      if (number >= 0 && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw wrong(key, right);
    }
    throw wrong(key, right);
  }

  private double decimal(String key) {
    String right = "a finite number";
    double number = value(key, JsonPrimitive::isNumber, right).getAsDouble();
    if (!Double.isFinite(number)) {
      throw wrong(key, right);
    }
    return number;
  }

  private <E extends Enum<E>> E word(String key, Class<E> type) {
    List<E> constants = Arrays.asList(type.getEnumConstants());
    String right = String.join(", ", constants.stream().map(Setting::word).toList());
    String word = value(key, JsonPrimitive::isString, right).getAsString();
    return constants.stream()
        .filter(c -> Setting.word(c).equals(word))
        .findAny()
        .orElseThrow(() -> wrong(key, right));
  }

  private JsonPrimitive value(String key, Predicate<JsonPrimitive> good, String right) {
    JsonElement value = present(key);
    if (!value.isJsonPrimitive() || !good.test(value.getAsJsonPrimitive())) {
      throw wrong(key, right);
    }
    return value.getAsJsonPrimitive();
  }

  private JsonElement present(String key) {
    known.add(key);
    JsonElement value = line.get(key);
    if (value == null) {
      throw new UserException(
          "%s: the key %s is missing".formatted(place, key),
          "Add it; 'lanpo pool export' writes lines with every key.");
    }
    return value;
  }

  private UserException wrong(String key, String right) {
    String value = String.valueOf(line.get(key));
    String shown = value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "…";
    return new UserException(
        "%s: %s = %s is not allowed; it must be %s".formatted(place, key, shown, right),
        "Correct the line; nothing was taken from the file.");
  }
}
