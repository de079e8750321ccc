package io.lanpo.shell.completion;

import io.lanpo.api.component.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What {@code --set} may be given: keys, then the values of a key.
 *
 * @param declared the settings
 * @param values what they are now, by key
 */
record SettingChoices(List<Setting<?>> declared, Map<String, String> values) {
  /** So many keys are offered at once. */
  private static final int FEW = 12;

  /** Those of the settings that fit. */
  SettingChoices only(Predicate<Setting<?>> fits) {
    return new SettingChoices(declared.stream().filter(fits).toList(), Map.of());
  }

  /** The settings with a prefix, without it. */
  SettingChoices below(String prefix) {
    return new SettingChoices(
        declared.stream()
            .filter(s -> s.key().startsWith(prefix))
            .<Setting<?>>map(s -> below(prefix, s))
            .toList(),
        Map.of());
  }

  private static <T> Setting<T> below(String prefix, Setting<T> s) {
    String key = s.key().substring(prefix.length());
    return new Setting<>(
        key,
        s.valueType(),
        s.defaultValue(),
        s.choices(),
        s.min(),
        s.max(),
        s.unit(),
        s.description());
  }

  /** Names of settings that components bring, beside the ones that are declared. */
  private Stream<String> others() {
    return values.keySet().stream()
        .filter(key -> declared.stream().noneMatch(s -> s.key().equals(key)));
  }

  /**
   * The keys. Those with a dot are offered once their first part is typed, or something that no
   * other key begins with, as their last part.
   */
  List<Choice> keys(String word) {
    List<Choice> all = new ArrayList<>();
    declared.forEach(s -> all.add(Choice.begun(begun(s), s.description())));
    others().sorted().forEach(key -> all.add(Choice.begun(key + "=", "")));
    if (word.contains(".") || all.size() <= FEW) {
      return all;
    }
    List<Choice> first = new ArrayList<>();
    all.stream().filter(choice -> !choice.value().contains(".")).forEach(first::add);
    all.stream()
        .map(Choice::value)
        .filter(key -> key.contains("."))
        .map(key -> key.substring(0, key.indexOf('.') + 1))
        .distinct()
        .forEach(group -> first.add(Choice.begun(group, "")));
    return first.stream().anyMatch(choice -> choice.value().startsWith(word)) ? first : all;
  }

  /** How a key begins that stands for a setting: one of many names ends where they differ. */
  static String begun(Setting<?> setting) {
    return setting.open() ? setting.front() : setting.key() + "=";
  }

  /** The setting of a key, which may be the last part of one. */
  Optional<Setting<?>> setting(String key) {
    List<Setting<?>> meant =
        declared.stream().filter(s -> s.key().equals(key) || s.key().endsWith("." + key)).toList();
    return meant.stream().filter(s -> s.key().equals(key) || meant.size() == 1).findFirst();
  }

  /** The words that are allowed for a setting; of a number, the one that it is now. */
  List<Choice> words(Setting<?> setting) {
    return switch (setting.type()) {
      case FLAG, CHOICE -> setting.choices().stream().map(Choice::of).toList();
      case INTEGER, DECIMAL -> {
        String now = values.getOrDefault(setting.key(), setting.defaultValue());
        yield List.of(Choice.of(now, setting.allowed()));
      }
      case TEXT, SCALAR -> List.of();
    };
  }
}
