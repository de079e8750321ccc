package io.lanpo.runtime.assembly;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Maven resolved: the output of {@code dependency:list} with absolute file names. On a
 * terminal Maven puts colour codes behind the name, even in a file.
 */
final class DeclaredBundles {
  private static final Pattern LINE =
      Pattern.compile(
          "\\s+([^:\\s]+):([^:]+):jar:(?:[^:]+:)?([^:]+):(?:compile|runtime):(\\S.*?\\.jar)(?:[ \\x1b].*)?");

  private DeclaredBundles() {}

  /**
   * An artifact and where it is.
   *
   * @param jar the file
   */
  record Declared(Coordinates id, Path jar) {}

  /** The declared artifacts by {@link Coordinates#unversioned()}. */
  static Map<String, Declared> read(Path dependencyList) throws IOException {
    Map<String, Declared> declared = new TreeMap<>();
    for (String line : Files.readAllLines(dependencyList)) {
      Matcher m = LINE.matcher(line);
      if (m.matches()) {
        Coordinates id = new Coordinates(m.group(1), m.group(2), m.group(3));
        declared.put(id.unversioned(), new Declared(id, Path.of(m.group(4))));
      }
    }
    return declared;
  }
}
