package io.lanpo.libs.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FolderSwapTest {
  @TempDir Path parent;

  @Test
  void theNewFolderTakesThePlaceOfTheOldOne() throws IOException {
    Path folder = withFile("checkpoint", "old");
    FolderSwap.replace(folder, withFile("fresh", "new"));
    assertEquals("new", Files.readString(folder.resolve("file")));
    assertFalse(Files.exists(FolderSwap.previous(folder)));
    assertFalse(Files.exists(parent.resolve("fresh")));
  }

  @Test
  void theFirstFolderHasNothingToReplace() throws IOException {
    Path folder = parent.resolve("checkpoint");
    FolderSwap.replace(folder, withFile("fresh", "new"));
    assertEquals("new", Files.readString(folder.resolve("file")));
  }

  @Test
  void afterAKillBetweenTheRenamesTheOldFolderIsFoundAndThenReplaced() throws IOException {
    Path folder = parent.resolve("checkpoint");
    Path previous = withFile("checkpoint.previous", "old");
    assertEquals(previous, FolderSwap.current(folder));
    FolderSwap.replace(folder, withFile("fresh", "new"));
    assertEquals(folder, FolderSwap.current(folder));
    assertFalse(Files.exists(previous));
  }

  @Test
  void whereNothingIsTheFolderItselfIsNamed() {
    assertEquals(parent.resolve("none"), FolderSwap.current(parent.resolve("none")));
  }

  private Path withFile(String name, String text) throws IOException {
    Path folder = Files.createDirectory(parent.resolve(name));
    Files.writeString(folder.resolve("file"), text);
    return folder;
  }
}
