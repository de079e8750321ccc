package io.lanpo.libs.gguf;

import io.lanpo.api.component.UserException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a file says of its model; every complaint names the file and the key.
 *
 * @param values Boolean, Long, Float, Double, String, or a List of these
 */
public record Metadata(Path file, Map<String, Object> values) {
  public boolean has(String key) {
    return values.containsKey(key);
  }

  public String text(String key) {
    return values.get(key) instanceof String text ? text : wrong(key, "text");
  }

  public long whole(String key) {
    return values.get(key) instanceof Long number ? number : wrong(key, "a whole number");
  }

  public long whole(String key, long absent) {
    return has(key) ? whole(key) : absent;
  }

  /** A number; one of 32 bits as the shortest decimal that is read as it. */
  public double number(String key) {
    Object value = values.get(key);
    if (value instanceof Float number) {
      return Double.parseDouble(number.toString());
    }
    return value instanceof Number number ? number.doubleValue() : wrong(key, "a number");
  }

  public boolean flag(String key, boolean absent) {
    if (!has(key)) {
      return absent;
    }
    return values.get(key) instanceof Boolean truth ? truth : wrong(key, "true or false");
  }

  /** A list of texts. */
  public List<String> texts(String key) {
    return values.get(key) instanceof List<?> list
            && list.stream().allMatch(String.class::isInstance)
        ? list.stream().map(String.class::cast).toList()
        : wrong(key, "a list of texts");
  }

  /** A list of whole numbers. */
  public List<Long> wholes(String key) {
    return values.get(key) instanceof List<?> list && list.stream().allMatch(Long.class::isInstance)
        ? list.stream().map(Long.class::cast).toList()
        : wrong(key, "a list of whole numbers");
  }

  private <T> T wrong(String key, String right) {
    Object value = values.get(key);
    String shown = String.valueOf(value);
    throw new UserException(
        "%s: %s = %s; it must be %s"
            .formatted(
                file,
                key,
                value == null
                    ? "(absent)"
                    : shown.length() > 60 ? shown.substring(0, 60) + "…" : shown,
                right),
        "Take another copy of the file.");
  }
}
