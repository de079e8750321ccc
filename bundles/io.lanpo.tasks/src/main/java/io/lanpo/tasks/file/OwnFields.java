package io.lanpo.tasks.file;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.task.KeyFields;
import io.lanpo.tasks.layout.Layout;
import io.lanpo.tasks.layout.Mapping;
import io.lanpo.tasks.rows.Row;
import io.lanpo.tasks.rows.Shown;
import java.util.List;
import java.util.Optional;

/**
 * The fields that a configuration names.
 *
 * @param problem the field with the wording
 * @param answer the field with the answer key
 * @param parts the fields that make up a key with parts instead
 */
record OwnFields(String problem, String answer, Optional<KeyFields> parts) implements Mapping {
  static final Setting<Layout> LAYOUT =
      Setting.choice(
          "layout",
          Layout.class,
          "the published data set that the files are laid out as, which says what is question and"
              + " key; none: as problem-field, answer-field and key-fields say; code: the same for"
              + " programming problems, which have tests | entry_point | setup | solution unless"
              + " key-fields says otherwise, and whose question names the entry point");

  static final Setting<String> PROBLEM_FIELD =
      Setting.text("problem-field", "problem", "field of a row that holds the wording");

  static final Setting<String> ANSWER_FIELD =
      Setting.text(
          "answer-field",
          "answer",
          "field of a row that holds the answer key; one within another is named with a dot:"
              + " reward_model.ground_truth");

  static final Setting<String> KEY_FIELDS =
      Setting.text(
          "key-fields",
          "",
          "fields that make up the answer key where it has parts, as for the verifier code:"
              + " tests | entry_point | setup | solution, or name=field where a field is called"
              + " otherwise; the first must be there; empty: answer-field");

  /** What stands before the entry point of a prompt that is code is there for every program. */
  private static final String CODE_KEY = "tests | entry_point | setup | solution | prompt=";

  /**
   * Reads the settings.
   *
   * @throws UserException when a layout says which fields are read, too
   */
  static OwnFields of(Settings settings, Layout layout) {
    for (Setting<String> setting : saidBy(layout)) {
      String value = settings.get(setting);
      if (!value.equals(setting.defaultValue())) {
        throw new UserException(
            "%s = %s and %s = %s both say which fields are read"
                .formatted(
                    settings.key(LAYOUT), Setting.word(layout), settings.key(setting), value),
            "Remove one of them: --set %s=%s, or --set %s=none."
                .formatted(settings.key(setting), setting.defaultValue(), settings.key(LAYOUT)));
      }
    }
    String problem = settings.get(PROBLEM_FIELD);
    Optional<KeyFields> parts =
        settings.get(KEY_FIELDS).isBlank()
            ? layout == Layout.CODE ? KeyFields.parse(CODE_KEY + problem) : Optional.empty()
            : Optional.of(Lists.named(settings, KEY_FIELDS, "tests | setup | solution=code"));
    return new OwnFields(problem, settings.get(ANSWER_FIELD), parts);
  }

  /** The settings that are not read, as the layout says it. */
  private static List<Setting<String>> saidBy(Layout layout) {
    return switch (layout) {
      case NONE -> List.of();
      case CODE -> List.of(ANSWER_FIELD);
      default -> List.of(PROBLEM_FIELD, ANSWER_FIELD, KEY_FIELDS);
    };
  }

  /** The fields that hold a part of the key. */
  List<String> members(String part) {
    return parts.stream()
        .flatMap(fields -> fields.parts().stream())
        .filter(p -> p.name().equals(part))
        .map(KeyFields.Part::member)
        .toList();
  }

  @Override
  public List<String> needs() {
    return List.of();
  }

  @Override
  public List<String> shows() {
    return List.of(problem);
  }

  @Override
  public List<String> hides() {
    return parts.isEmpty() ? List.of(answer) : members("solution");
  }

  @Override
  public String question(Shown shown) {
    return shown.required(problem);
  }

  @Override
  public String key(Row row) {
    if (parts.isEmpty()) {
      return row.required(answer);
    }
    KeyFields fields = parts.get();
    return fields
        .key(field -> row.value(field).map(Object::toString))
        .orElseThrow(() -> row.lacks(fields.parts().get(0).member()));
  }

  /** What a row looks like. */
  String example() {
    String key =
        parts
            .map(fields -> "\"%s\": …".formatted(fields.parts().get(0).member()))
            .orElse("\"%s\": \"5\"".formatted(answer));
    return "{\"%s\": \"2 + 3 = ?\", %s}".formatted(problem, key);
  }
}
