package io.lanpo.engine.config;

import io.lanpo.api.component.Names;
import io.lanpo.api.component.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The folder of run configurations, {@code io.lanpo.run~NAME.cfg}. Files are read when they are
 * asked for: a run keeps what it read at its start, the next run sees an edited file.
 */
public final class RunConfigurations {
  private static final String PREFIX = "io.lanpo.run~";
  private static final String SUFFIX = ".cfg";

  /** Key by which a file takes over another file's values. */
  private static final String EXTENDS = "extends";

  private final Path folder;

  /**
   * @param folder where the files are
   */
  public RunConfigurations(Path folder) {
    this.folder = folder;
  }

  /** Names of the configurations, sorted. */
  public List<String> names() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(f -> f.getFileName().toString())
          .filter(n -> n.startsWith(PREFIX) && n.endsWith(SUFFIX))
          .map(n -> n.substring(PREFIX.length(), n.length() - SUFFIX.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file of a configuration. */
  public Path file(String name) {
    return folder.resolve(PREFIX + name + SUFFIX);
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
    Map<String, String> own = new HashMap<>(ConfigurationFile.read(file(name)).values());
    String parent = own.remove(EXTENDS);
    List<ConfigurationSource> files =
        new ArrayList<>(parent == null ? List.of() : read(parent, chain));
    files.add(new ConfigurationSource(file(name).getFileName().toString(), own));
    return files;
  }
}
