package io.lanpo.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The bundles of the product as the build laid them out: {@code
 * bundles/LEVEL-FEATURE[-interactive]/*.jar}.
 *
 * @param entries in the order in which they are to be installed
 */
public record Product(List<Entry> entries) {
  private static final Pattern FOLDER = Pattern.compile("(\\d\\d)-(\\w+?)(-interactive)?");

  /** A bundle and the start level of the framework that it belongs to. */
  public record Entry(Path jar, int startLevel) {}

  public Product {
    entries = List.copyOf(entries);
  }

  /**
   * Reads the layout of a product.
   *
   * @param features names of the features to take
   * @param interactive whether to take the bundles that only a shell needs
   */
  public static Product read(Path folder, Set<String> features, boolean interactive)
      throws LaunchException {
    List<Entry> entries = new ArrayList<>();
    try {
      for (Path level : list(folder.resolve("bundles"))) {
        Matcher m = FOLDER.matcher(level.getFileName().toString());
        if (m.matches() && features.contains(m.group(2)) && (interactive || m.group(3) == null)) {
          for (Path jar : list(level)) {
            entries.add(new Entry(jar, Integer.parseInt(m.group(1))));
          }
        }
      }
    } catch (IOException e) {
      throw new LaunchException(
          "the product is not built at "
              + folder
              + "; build it with mvn -q -Dmaven.test.skip package",
          e);
    }
    return new Product(entries);
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
