package io.lanpo.engine.config;

import io.lanpo.api.component.UserException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/**
 * One configuration file as written: {@code key = value} lines, comments with {@code #}. A key
 * given twice is an error, since the loser would vanish without a word.
 *
 * @param path the file
 * @param values key to value, in no particular order
 */
record ConfigurationFile(Path path, Map<String, String> values) {
  ConfigurationFile {
    values = Map.copyOf(values);
  }

  static ConfigurationFile read(Path path) {
    Map<String, String> values = new LinkedHashMap<>();
    Properties once =
        new Properties() {
          private static final long serialVersionUID = 1L;

          @Override
          public synchronized Object put(Object key, Object value) {
            if (values.put((String) key, ((String) value).strip()) != null) {
              throw new UserException(
                  "%s: the key %s is given twice".formatted(path, key), "Remove one of the lines.");
            }
            return value;
          }
        };
    try (Reader reader = Files.newBufferedReader(path)) {
      once.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new UserException(
          "%s cannot be read as a configuration: %s".formatted(path, e.getMessage()),
          "It must be UTF-8 text with lines of the form key = value.",
          e);
    }
    return new ConfigurationFile(path, values);
  }
}
