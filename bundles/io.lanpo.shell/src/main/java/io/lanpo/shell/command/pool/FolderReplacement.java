package io.lanpo.shell.command.pool;

import io.lanpo.api.component.UserException;
import io.lanpo.libs.files.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder that is made beside another and then takes its place, so that a failure on the way
 * leaves the old one as it was. It is made in a work folder of a name that nothing else has, with a
 * file in it that says which process works there: only such a folder is ever deleted.
 *
 * @param work the work folder
 * @param folder where the new one goes
 */
record FolderReplacement(Path work, Path folder) implements AutoCloseable {
  private static final String MARKER = "made-by-lanpo-pool-rebuild";

  /** Begins; what attempts that were killed have left is removed. */
  static FolderReplacement of(Path folder) {
    String prefix = folder.getFileName() + ".rebuilding-";
    Path work = folder.resolveSibling(prefix + UUID.randomUUID());
    try {
      Path parent = folder.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
        sweep(parent, prefix);
      }
      Files.createDirectory(work);
      Files.writeString(work.resolve(MARKER), "" + ProcessHandle.current().pid());
      return new FolderReplacement(work, folder);
    } catch (IOException e) {
      throw cannot(folder, e);
    }
  }

  private static void sweep(Path parent, String prefix) throws IOException {
    try (Stream<Path> siblings = Files.list(parent)) {
      for (Path sibling :
          siblings.filter(p -> p.getFileName().toString().startsWith(prefix)).toList()) {
        if (isAbandoned(sibling.resolve(MARKER))) {
          FileTree.delete(sibling);
        }
      }
    }
  }

  private static boolean isAbandoned(Path marker) throws IOException {
    if (!Files.isRegularFile(marker)) {
      return false;
    }
    String pid = Files.readString(marker).strip();
    return pid.matches("\\d{1,18}") && ProcessHandle.of(Long.parseLong(pid)).isEmpty();
  }

  /** Where the new folder is made. */
  Path beside() {
    return work.resolve("pool");
  }

  /**
   * Puts the new folder in its place.
   *
   * @return where the old one is now; null when there was none
   */
  @Nullable Path commit() {
    try {
      Path kept = null;
      if (Files.exists(folder)) {
        kept = free();
        Files.move(folder, kept, StandardCopyOption.ATOMIC_MOVE);
      }
      Files.move(beside(), folder, StandardCopyOption.ATOMIC_MOVE);
      return kept;
    } catch (IOException e) {
      throw cannot(folder, e);
    }
  }

  /** Removes what has not taken its place. */
  @Override
  public void close() {
    try {
      FileTree.delete(work);
    } catch (IOException e) {
      throw cannot(work, e);
    }
  }

  private Path free() {
    for (int i = 1; ; i++) {
      Path kept = folder.resolveSibling("%s.old-%d".formatted(folder.getFileName(), i));
      if (Files.notExists(kept)) {
        return kept;
      }
    }
  }

  private static UserException cannot(Path path, IOException e) {
    return new UserException(
        "%s cannot be replaced: %s".formatted(path, e),
        "Correct the permissions of its folder, or free space on that disk.",
        e);
  }
}
