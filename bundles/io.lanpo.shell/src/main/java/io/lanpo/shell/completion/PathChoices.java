package io.lanpo.shell.completion;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Paths, a folder at a time. */
final class PathChoices {
  private PathChoices() {}

  /**
   * The folders, and of the files those that are wanted, in the folder that a word names; hidden
   * ones only when the word asks for them.
   */
  static List<Choice> of(String word, Predicate<String> wanted) {
    int end = word.lastIndexOf('/') + 1;
    String folder = word.substring(0, end);
    boolean hidden = word.startsWith(".", end);
    try (Stream<Path> entries = Files.list(Path.of(folder.isEmpty() ? "." : folder))) {
      return entries
          .filter(entry -> hidden || !name(entry).startsWith("."))
          .filter(entry -> Files.isDirectory(entry) || wanted.test(name(entry)))
          .sorted()
          .map(PathChoices::choice)
          .map(choice -> choice.behind(folder))
          .toList();
    } catch (IOException | InvalidPathException e) {
      return List.of(); // there is nothing to offer
    }
  }

  private static Choice choice(Path entry) {
    String name = name(entry);
    return Files.isDirectory(entry) ? Choice.begun(name + "/", "") : Choice.of(name);
  }

  private static String name(Path entry) {
    return String.valueOf(entry.getFileName());
  }
}
