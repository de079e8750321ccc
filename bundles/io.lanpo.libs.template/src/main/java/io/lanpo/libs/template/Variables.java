package io.lanpo.libs.template;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The names that a template may refer to, sections and what stands in them included.
 *
 * @param required names that it must refer to
 * @param optional names that it may refer to
 * @param sample values to try the template with; a name that exists only within a section has none
 */
public record Variables(Set<String> required, Set<String> optional, Map<String, Object> sample) {
  public Variables {
    required = Set.copyOf(required);
    optional = Set.copyOf(optional);
    sample = Map.copyOf(sample);
  }

  /** Texts that a template must refer to, every one of them. */
  public static Variables texts(String... names) {
    Map<String, Object> sample = new HashMap<>();
    for (String name : names) {
      sample.put(name, "");
    }
    return new Variables(Set.of(names), Set.of(), sample);
  }
}
