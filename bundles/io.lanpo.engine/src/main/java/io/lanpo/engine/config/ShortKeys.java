package io.lanpo.engine.config;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.UserException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Keys as they may be written on a command line: the last part is enough where it is unmistakable,
 * {@code data} for {@code task.data}. Files write keys in full, since another component may declare
 * more of them.
 */
public final class ShortKeys {
  private ShortKeys() {}

  /**
   * The same values by their full keys.
   *
   * @param origin where they were written, for messages
   * @param declared every setting of the run
   * @param written key, perhaps shortened, to value
   * @throws UserException when a shortened key fits several settings, naming them, or when a
   *     setting is given twice
   */
  public static Map<String, String> inFull(
      String origin, Collection<Setting<?>> declared, Map<String, String> written) {
    List<String> known = declared.stream().map(Setting::key).toList();
    Map<String, String> full = new LinkedHashMap<>();
    written.forEach(
        (key, value) -> {
          if (full.put(inFull(origin, known, key), value) != null) {
            throw new UserException(
                "%s: %s is given twice, once by its last part"
                    .formatted(origin, inFull(origin, known, key)),
                "Remove one of them.");
          }
        });
    return full;
  }

  /** The full key, if a key can be short for a known one. */
  private static Stream<String> meant(String known, String key) {
    if (known.endsWith("." + key)) {
      return Stream.of(known);
    }
    int name = key.lastIndexOf('.') + 1;
    String front = known.endsWith(".*") ? known.substring(0, known.length() - 1) : "";
    return name > 0 && front.endsWith("." + key.substring(0, name))
        ? Stream.of(front + key.substring(name))
        : Stream.of();
  }

  private static String inFull(String origin, List<String> known, String key) {
    List<String> meant = known.stream().flatMap(k -> meant(k, key)).sorted().toList();
    if (known.contains(key) || meant.isEmpty()) {
      return key;
    }
    if (meant.size() > 1) {
      throw new UserException(
          "%s: %s may be any of %s".formatted(origin, key, String.join(", ", meant)),
          "Write the key in full.");
    }
    return meant.get(0);
  }
}
