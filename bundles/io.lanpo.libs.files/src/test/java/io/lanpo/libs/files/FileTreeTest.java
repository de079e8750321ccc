package io.lanpo.libs.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileTreeTest {
  @TempDir Path folder;

  @Test
  void aFolderGoesWithAllThatIsInIt() throws IOException {
    Path tree = folder.resolve("tree");
    Files.createDirectories(tree.resolve("a/b/c"));
    Files.writeString(tree.resolve("a/b/file"), "text");
    Files.writeString(tree.resolve("file"), "text");
    FileTree.delete(tree);
    assertFalse(Files.exists(tree));
    assertTrue(Files.exists(folder));
  }

  @Test
  void whatIsNotThereIsFine() throws IOException {
    FileTree.delete(folder.resolve("none"));
    assertTrue(Files.exists(folder));
  }

  @Test
  void aSingleFileGoes() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "text");
    FileTree.delete(file);
    assertFalse(Files.exists(file));
  }

  @Test
  void aLinkGoesAndWhatItPointsToStays() throws IOException {
    Path kept = Files.createDirectory(folder.resolve("kept"));
    Files.writeString(kept.resolve("file"), "text");
    Path tree = Files.createDirectory(folder.resolve("tree"));
    Files.createSymbolicLink(tree.resolve("link"), kept);
    Path dangling = Files.createSymbolicLink(folder.resolve("dangling"), folder.resolve("none"));
    FileTree.delete(tree);
    FileTree.delete(dangling);
    assertFalse(Files.exists(tree));
    assertFalse(Files.exists(dangling, LinkOption.NOFOLLOW_LINKS));
    assertTrue(Files.exists(kept.resolve("file")));
  }

  /** Files that take another's place leave a copy as it is. */
  @Test
  void aCopyHoldsWhatWasThere() throws IOException {
    Path from = folder.resolve("from");
    Files.createDirectories(from.resolve("inner"));
    Files.writeString(from.resolve("inner/weights"), "old");
    FileTree.copy(from, folder.resolve("to"));
    Path other = Files.writeString(folder.resolve("other"), "new");
    Files.move(other, from.resolve("inner/weights"), StandardCopyOption.REPLACE_EXISTING);
    assertEquals("old", Files.readString(folder.resolve("to/inner/weights")));
    FileTree.delete(from);
    assertEquals("old", Files.readString(folder.resolve("to/inner/weights")));
    assertThrows(IOException.class, () -> FileTree.copy(from, folder.resolve("again")));
  }
}
