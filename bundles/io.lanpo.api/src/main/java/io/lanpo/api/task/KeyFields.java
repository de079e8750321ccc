package io.lanpo.api.task;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How the members of a row of data make up an answer key that has parts, for a verifier that reads
 * a JSON object. The notation is {@code tests | entry_point | solution=code}: names in the key,
 * each with the member of the row where that is called otherwise. A name may be given twice; the
 * first member that the row has counts. The first name is the one that a row must have.
 *
 * @param parts at least one
 */
public record KeyFields(List<Part> parts) {
  private static final Pattern PART =
      Pattern.compile("\\s*([A-Za-z][\\w-]*)\\s*(?:=\\s*([^=|]*[^=|\\s])\\s*)?");

  /**
   * A part of a key.
   *
   * @param name its name in the key
   * @param member the member of the row that holds it
   */
  public record Part(String name, String member) {}

  public KeyFields {
    parts = List.copyOf(parts);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("a key has at least one part");
    }
  }

  /**
   * Reads the notation.
   *
   * @return empty when it cannot be read
   */
  public static Optional<KeyFields> parse(String text) {
    List<Part> parts = new ArrayList<>();
    for (String part : text.split("\\|", -1)) {
      Matcher matcher = PART.matcher(part);
      if (!matcher.matches()) {
        return Optional.empty();
      }
      String member = matcher.group(2);
      parts.add(new Part(matcher.group(1), member == null ? matcher.group(1) : member));
    }
    return Optional.of(new KeyFields(parts));
  }

  /**
   * The key of a row.
   *
   * @param json the value of a member of the row as JSON; empty when the row lacks it or it is null
   * @return the key, a JSON object; empty when the row lacks what it must have
   */
  public Optional<String> key(Function<String, Optional<String>> json) {
    Map<String, String> values = new LinkedHashMap<>();
    for (Part part : parts) {
      json.apply(part.member()).ifPresent(value -> values.putIfAbsent(part.name(), value));
    }
    if (!values.containsKey(parts.get(0).name())) {
      return Optional.empty();
    }
    return Optional.of(
        values.entrySet().stream()
            .map(value -> "\"%s\":%s".formatted(value.getKey(), value.getValue()))
            .collect(Collectors.joining(",", "{", "}")));
  }
}
