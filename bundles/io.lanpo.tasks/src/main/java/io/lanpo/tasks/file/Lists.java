package io.lanpo.tasks.file;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.task.KeyFields;
import java.util.Arrays;
import java.util.List;

/** Settings that are lists with {@code |} between the items. */
final class Lists {
  private Lists() {}

  static List<String> plain(String written) {
    return Arrays.stream(written.split("\\|"))
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .toList();
  }

  /** Names, each perhaps with the field that it stands for. */
  static KeyFields named(Settings settings, Setting<String> setting, String example) {
    String text = settings.get(setting);
    return KeyFields.parse(text)
        .orElseThrow(
            () ->
                new UserException(
                    "%s = %s cannot be read".formatted(settings.key(setting), text),
                    "Give names with | between them, such as %s.".formatted(example)));
  }
}
