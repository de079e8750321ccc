package io.lanpo.dashboard.data;

import io.lanpo.api.component.UserException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a request asks for, by name.
 *
 * @param values one value a name
 */
public record RequestParameters(Map<String, String> values) {
  public RequestParameters {
    values = Map.copyOf(values);
  }

  /** A text; empty when it is not given. */
  String text(String name) {
    return values.getOrDefault(name, "");
  }

  /** Texts between commas; none when it is not given. */
  Set<String> list(String name) {
    Set<String> texts = new HashSet<>(List.of(text(name).split(",", -1)));
    texts.remove("");
    return texts;
  }

  /**
   * A text that must be given.
   *
   * @throws UserException when it is not
   */
  String needed(String name) {
    String value = text(name);
    if (value.isEmpty()) {
      throw new UserException("the request has no " + name, "Begin again from the list of runs.");
    }
    return value;
  }

  /**
   * A whole number.
   *
   * @throws UserException when it is not within the range
   */
  int number(String name, int otherwise, int least, int most) {
    String value = text(name);
    if (value.isEmpty()) {
      return otherwise;
    }
    if (!value.matches("-?\\d{1,10}")
        || Long.parseLong(value) < least
        || Long.parseLong(value) > most) {
      throw new UserException(
          "%s = %s is not allowed; it must be a whole number from %d to %d"
              .formatted(name, value, least, most),
          "Correct the address.");
    }
    return Integer.parseInt(value);
  }

  /**
   * One of a few words; empty when it is not given.
   *
   * @throws UserException when it is another word
   */
  String word(String name, List<String> allowed) {
    String value = text(name);
    if (!value.isEmpty() && !allowed.contains(value)) {
      throw new UserException(
          "%s = %s is not allowed; it must be one of %s"
              .formatted(name, value, String.join(", ", allowed)),
          "Correct the address.");
    }
    return value;
  }
}
