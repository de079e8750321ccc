package io.lanpo.engine.config;

import io.lanpo.api.component.Names;
import io.lanpo.api.component.UserException;
import io.lanpo.libs.files.ConfigurationFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The folder of run configurations, {@code io.lanpo.run~NAME.cfg}. Files are read when they are
 * asked for: a run keeps what it read at its start, the next run sees an edited file.
 */
public final class RunConfigurations {
  private static final String PREFIX = "io.lanpo.run~";

  /** Key by which a file takes over another file's values. */
  private static final String EXTENDS = "extends";

  private final ConfigurationFolder files;

  /**
   * @param folder where the files are
   */
  public RunConfigurations(Path folder) {
    this.files = new ConfigurationFolder(folder, PREFIX);
  }

  /** Names of the configurations, sorted. */
  public List<String> names() {
    return files.names();
  }

  /** The file of a configuration. */
  public Path file(String name) {
    return files.file(name);
  }

  /**
   * The files of a configuration: those it extends, the most general first, then its own.
   *
   * @throws UserException when there is no such configuration, or files extend each other in a
   *     circle
   */
  public List<ConfigurationSource> read(String name) {
    return read(name, new ArrayList<>());
  }

  private List<ConfigurationSource> read(String name, List<String> chain) {
    List<String> known = names();
    if (!known.contains(name)) {
      String by =
          chain.isEmpty() ? "" : " (%s: extends)".formatted(file(chain.get(chain.size() - 1)));
      throw new UserException(
          "there is no run configuration named %s%s".formatted(name, by),
          Names.suggestion(name, known)
              + " Configurations are the files %s.".formatted(file("NAME")));
    }
    if (chain.contains(name)) {
      throw new UserException(
          "%s: configurations extend each other in a circle: %s"
              .formatted(file(name), String.join(" -> ", chain)),
          "Remove one of the 'extends' keys.");
    }
    chain.add(name);
    Map<String, String> own = values(file(name));
    String parent = own.remove(EXTENDS);
    List<ConfigurationSource> all =
        new ArrayList<>(parent == null ? List.of() : read(parent, chain));
    all.add(new ConfigurationSource(file(name).getFileName().toString(), own));
    return all;
  }

  private static Map<String, String> values(Path path) {
    try {
      return ConfigurationFolder.read(
          path,
          key -> {
            throw new UserException(
                "%s: the key %s is given twice".formatted(path, key), "Remove one of the lines.");
          });
    } catch (IOException e) {
      throw new UserException(
          "%s cannot be read as a configuration: %s".formatted(path, e.getMessage()),
          "It must be UTF-8 text with lines of the form key = value.",
          e);
    }
  }
}
