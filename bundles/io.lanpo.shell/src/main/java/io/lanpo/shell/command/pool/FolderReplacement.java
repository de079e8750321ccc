package io.lanpo.shell.command.pool;

import io.lanpo.api.component.UserException;
import io.lanpo.libs.files.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * A folder that is made beside another and then takes its place, so that a failure on the way
 * leaves the old one as it was.
 *
 * @param beside where the new one is made
 * @param folder where it goes
 */
record FolderReplacement(Path beside, Path folder) implements AutoCloseable {
  /** Begins with an empty folder; what an attempt that was killed has left is removed. */
  static FolderReplacement of(Path folder) {
    Path beside = folder.resolveSibling(folder.getFileName() + ".rebuilding");
    FolderReplacement replacement = new FolderReplacement(beside, folder);
    replacement.close();
    return replacement;
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
      Files.move(beside, folder, StandardCopyOption.ATOMIC_MOVE);
      return kept;
    } catch (IOException e) {
      throw cannot(folder, e);
    }
  }

  /** Removes what has not taken its place. */
  @Override
  public void close() {
    try {
      FileTree.delete(beside);
    } catch (IOException e) {
      throw cannot(beside, e);
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
