package io.lanpo.libs.files;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The configuration files of one kind in a folder, {@code PREFIXNAME.cfg}: {@code key = value}
 * lines, comments with {@code #}; a byte order mark at the beginning is skipped.
 *
 * @param folder it may not be there
 * @param prefix what the files' names begin with, e.g. {@code io.lanpo.run~}
 */
public record ConfigurationFolder(Path folder, String prefix) {
  private static final String SUFFIX = ".cfg";

  /** Names of the configurations, sorted. */
  public List<String> names() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(f -> f.getFileName().toString())
          .filter(n -> n.startsWith(prefix) && n.endsWith(SUFFIX))
          .map(n -> n.substring(prefix.length(), n.length() - SUFFIX.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file of a configuration. */
  public Path file(String name) {
    return folder.resolve(prefix + name + SUFFIX);
  }

  /**
   * Reads a file.
   *
   * @param repeated is told of a key that is given twice: one of the values would vanish without a
   *     word
   * @return values by key, in the order of the file
   * @throws IOException when it cannot be read or is no UTF-8 text of that form
   */
  public static Map<String, String> read(Path file, Consumer<String> repeated) throws IOException {
    Map<String, String> values = new LinkedHashMap<>();
    Properties inOrder =
        new Properties() {
          private static final long serialVersionUID = 1L;

          @Override
          public synchronized Object put(Object key, Object value) {
            if (values.put((String) key, ((String) value).strip()) != null) {
              repeated.accept((String) key);
            }
            return value;
          }
        };
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      skipMark(reader);
      inOrder.load(reader);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
    return values;
  }

  /** An editor may begin UTF-8 text with a byte order mark; it is no part of the first key. */
  private static void skipMark(BufferedReader reader) throws IOException {
    reader.mark(1);
    if (reader.read() != '\ufeff') {
      reader.reset();
    }
  }
}
