package io.lanpo.pool.chronicle.file;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folders within a pool's folder. Nothing here deletes what is in a folder, whatever it is:
 * files go by the names that the pool gives, and a folder only when nothing else is in it.
 */
final class DataFolder {
  private static final String DATA = "data-";
  private static final String BUILDING = "building-";
  private static final String DAMAGED = "damaged-";

  private static final Set<String> FILES =
      Set.of(
          "experiences.log",
          "experiences.end",
          "experiences.map",
          "lessons.log",
          "lessons.end",
          "lessons.map",
          PoolFormat.FILE);

  /** What an opening that was killed before there was any data has left. */
  private static final Set<String> UNFINISHED = Set.of("lock", "open");

  private DataFolder() {}

  /** The data folders of a pool, oldest first; another's folder of such a name is none. */
  static List<Path> generations(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(p -> p.getFileName().toString().matches(DATA + "\\d{1,9}"))
          .filter(p -> FILES.stream().anyMatch(name -> Files.exists(p.resolve(name))))
          .sorted(Comparator.comparingInt(DataFolder::number))
          .toList();
    }
  }

  /** Whether a folder has nothing but what an opening left that was killed at its beginning. */
  static boolean free(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.allMatch(
          p ->
              UNFINISHED.contains(p.getFileName().toString())
                  || isWork(p.getFileName().toString()));
    }
  }

  /** A new folder for new files, of a name that nothing else has. */
  static Path work(Path folder) throws IOException {
    long chance = new SecureRandom().nextLong();
    return Files.createDirectory(folder.resolve(BUILDING + "%016x".formatted(chance)));
  }

  private static boolean isWork(String name) {
    return name.matches(BUILDING + "[0-9a-f]{16}");
  }

  /** Removes what was being made when a process was killed. */
  static void sweep(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path work : entries.filter(p -> isWork(p.getFileName().toString())).toList()) {
        delete(work);
      }
    }
  }

  /** Makes a folder of new files the newest data folder. */
  static Path commit(Path folder, Path work) throws IOException {
    return Files.move(work, next(folder, DATA));
  }

  /** Keeps a data folder that holds more than could be read. */
  static Path setAside(Path folder, Path data) throws IOException {
    return Files.move(data, next(folder, DAMAGED));
  }

  private static Path next(Path folder, String prefix) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      int last =
          entries
              .map(p -> p.getFileName().toString())
              .filter(name -> name.matches(prefix + "\\d{1,9}"))
              .mapToInt(name -> Integer.parseInt(name.substring(prefix.length())))
              .max()
              .orElse(0);
      return folder.resolve(prefix + (last + 1));
    }
  }

  /** Deletes the files of the pool in a folder, and the folder if it is empty then. */
  static void delete(Path data) throws IOException {
    if (!Files.isDirectory(data, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> files = Files.list(data)) {
      for (Path file : files.filter(DataFolder::isOwn).toList()) {
        Files.deleteIfExists(file);
      }
    }
    try {
      Files.deleteIfExists(data);
    } catch (DirectoryNotEmptyException e) {
      // Somebody else has put something there, which stays.
    }
  }

  private static boolean isOwn(Path file) {
    String name = file.getFileName().toString();
    return !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)
        && (FILES.contains(name) || name.startsWith("." + PoolFormat.FILE + "."));
  }

  private static int number(Path data) {
    return Integer.parseInt(data.getFileName().toString().substring(DATA.length()));
  }
}
