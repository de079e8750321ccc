package io.lanpo.tasks.file;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.task.KeyFields;
import io.lanpo.tasks.layout.Layout;
import io.lanpo.tasks.layout.Mapping;
import io.lanpo.tasks.rows.Row;
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
              + " key; none: as problem-field, answer-field and key-fields say");

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

  /**
   * Reads the settings.
   *
   * @throws UserException when a layout says which fields are read, too
   */
  static OwnFields of(Settings settings, Layout layout) {
    for (Setting<String> setting : List.of(PROBLEM_FIELD, ANSWER_FIELD, KEY_FIELDS)) {
      String value = settings.get(setting);
      if (layout != Layout.NONE && !value.equals(setting.defaultValue())) {
        throw new UserException(
            "%s = %s and %s = %s both say which fields are read"
                .formatted(
                    settings.key(LAYOUT), Setting.word(layout), settings.key(setting), value),
            "Remove one of them: --set %s=%s, or --set %s=none."
                .formatted(settings.key(setting), setting.defaultValue(), settings.key(LAYOUT)));
      }
    }
    String parts = settings.get(KEY_FIELDS);
    return new OwnFields(
        settings.get(PROBLEM_FIELD),
        settings.get(ANSWER_FIELD),
        parts.isBlank()
            ? Optional.empty()
            : Optional.of(Lists.named(settings, KEY_FIELDS, "tests | setup | solution=code")));
  }

  @Override
  public List<String> needs() {
    return List.of();
  }

  @Override
  public String question(Row row) {
    return row.required(problem);
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
