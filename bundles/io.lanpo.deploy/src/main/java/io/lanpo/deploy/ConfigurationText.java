package io.lanpo.deploy;

import io.lanpo.deploy.guard.Refusal;
import io.lanpo.libs.files.ConfigurationFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** What stands in the configuration file of a component. */
final class ConfigurationText {
  private static final String WRITE_IT_SO =
      "It must be UTF-8 text with lines of the form key = value, each key once.";

  private ConfigurationText() {}

  /**
   * Reads a file.
   *
   * @return values by key
   * @throws Refusal when it is not as it must be
   */
  static Map<String, String> read(Path file) throws Refusal {
    try {
      return ConfigurationFolder.read(
          file,
          key -> {
            throw new IllegalArgumentException("the key " + key + " is given twice");
          });
    } catch (CharacterCodingException e) {
      throw new Refusal("it is not UTF-8 text", WRITE_IT_SO);
    } catch (IOException e) {
      throw new Refusal(String.valueOf(e.getMessage()), WRITE_IT_SO);
    }
  }

  /** As far as it can be read. */
  static Properties lenient(Path file) {
    Properties values = new Properties();
    try (InputStream in = Files.newInputStream(file)) {
      values.load(in);
    } catch (IOException | IllegalArgumentException e) {
      return new Properties();
    }
    return values;
  }

  /**
   * Refuses a name that nobody could ask for.
   *
   * @throws Refusal for an empty one, and for one with white space, control characters or the sign
   *     that stands before a version
   */
  static void checkName(String name) throws Refusal {
    if (!name.matches("[^\\s\\p{Cntrl}@]+")) {
      throw new Refusal(
          "lanpo.name = %s is no name".formatted(name.isEmpty() ? "(empty)" : name),
          "A name has no white space, no control characters and no @.");
    }
  }
}
