package io.lanpo.runtime;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The properties of the framework: a file, with {@code ${name}} replaced, and what the launcher
 * knows.
 */
public final class FrameworkProperties {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([\\w.]+)}");

  private FrameworkProperties() {}

  /**
   * Reads a file.
   *
   * @param known what {@code ${name}} can refer to; part of the result
   */
  public static Map<String, String> read(Path file, Map<String, String> known)
      throws LaunchException {
    Properties raw = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      raw.load(in);
    } catch (IOException e) {
      throw new LaunchException("cannot read the framework's properties: " + e, e);
    }
    Map<String, String> properties = new HashMap<>(known);
    for (String key : raw.stringPropertyNames()) {
      properties.put(key, replace(raw.getProperty(key), known, file));
    }
    return properties;
  }

  private static String replace(String value, Map<String, String> known, Path file)
      throws LaunchException {
    Matcher m = REFERENCE.matcher(value);
    StringBuilder result = new StringBuilder();
    while (m.find()) {
      String replacement = known.get(m.group(1));
      if (replacement == null) {
        throw new LaunchException(file + " refers to ${" + m.group(1) + "}, which is not known");
      }
      m.appendReplacement(result, Matcher.quoteReplacement(replacement));
    }
    return m.appendTail(result).toString();
  }

  /** A JSON array of strings. */
  static String jsonArray(String... strings) {
    StringBuilder json = new StringBuilder("[");
    for (String string : strings) {
      if (json.length() > 1) {
        json.append(',');
      }
      json.append('"');
      for (int i = 0; i < string.length(); i++) {
        char c = string.charAt(i);
        if (c == '"' || c == '\\') {
          json.append('\\').append(c);
        } else if (c < ' ') {
          json.append("\\u%04x".formatted((int) c));
        } else {
          json.append(c);
        }
      }
      json.append('"');
    }
    return json.append(']').toString();
  }
}
