package io.lanpo.libs.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Replaces a folder by one that was made beside it. A folder cannot be renamed onto another, so for
 * a moment only the old one is there, under the name {@code FOLDER.previous}; {@link #current}
 * finds it when a process was killed in that moment.
 */
public final class FolderSwap {
  private FolderSwap() {}

  /**
   * Puts a new folder in the place of an old one, which is deleted once the new one is in place.
   *
   * @param folder the place; what is there is replaced
   * @param fresh the new folder, whole, on the same disk
   */
  public static void replace(Path folder, Path fresh) throws IOException {
    Path previous = previous(folder);
    if (Files.exists(folder)) {
      FileTree.delete(previous);
      Files.move(folder, previous, StandardCopyOption.ATOMIC_MOVE);
    } // else the one that was set aside is all there is, and stays until the new one is in place
    Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
    FileTree.delete(previous);
  }

  /**
   * The folder, or the one that was about to be replaced.
   *
   * @return what is there; the folder itself when neither is
   */
  public static Path current(Path folder) {
    return !Files.isDirectory(folder) && Files.isDirectory(previous(folder))
        ? previous(folder)
        : folder;
  }

  /** Where the old folder is while a new one takes its place. */
  public static Path previous(Path folder) {
    return folder.resolveSibling(folder.getFileName() + ".previous");
  }
}
