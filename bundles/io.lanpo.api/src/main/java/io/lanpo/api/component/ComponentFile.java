package io.lanpo.api.component;

import java.util.List;
import java.util.Set;

/**
 * A configuration file that a component reads.
 *
 * @param name name of the file; {@code NAME} in it stands for any name
 * @param options what may stand in it, as the component declares it
 * @param required keys of options that have no default
 */
public record ComponentFile(String name, List<Setting<?>> options, Set<String> required) {
  public ComponentFile {
    options = List.copyOf(options);
    required = Set.copyOf(required);
  }
}
