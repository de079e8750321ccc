package io.lanpo.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is removed of processes that were killed, and what is not. */
@Timeout(60)
final class TemporaryFolderTest {
  private static final String MARK = "temporary folder of lanpo process 1\n";

  @TempDir Path parent;

  private Set<String> names() throws IOException {
    try (Stream<Path> all = Files.list(parent)) {
      return all.map(f -> f.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private Path folder(String name, String owner) throws IOException {
    Path folder = Files.createDirectories(parent.resolve(name).resolve("framework/bundle0"));
    Files.writeString(folder.resolve("library.so"), "unpacked");
    Files.writeString(parent.resolve(name).resolve("owner"), owner);
    return parent.resolve(name);
  }

  @Test
  void thatOfAProcessThatIsGoneIsRemovedWithAllThatIsInIt() throws Exception {
    Path own = TemporaryFolder.make(parent);
    Path killed = folder("lanpo-1", MARK);
    assertEquals(List.of(killed), TemporaryFolder.removeLeftOvers(own));
    assertEquals(Set.of(own.getFileName().toString()), names());
  }

  @Test
  void thatOfALivingProcessStaysUntilItIsKilled() throws Exception {
    Path own = TemporaryFolder.make(parent);
    Path theirs = parent.resolve("lanpo-2");
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                theirs.toString())
            .redirectErrorStream(true)
            .start();
    try {
      assertEquals('!', other.getInputStream().read());
      assertEquals(List.of(), TemporaryFolder.removeLeftOvers(own));
      assertTrue(Files.exists(theirs.resolve("owner")));
    } finally {
      other.destroyForcibly().waitFor();
    }
    assertEquals(List.of(theirs), TemporaryFolder.removeLeftOvers(own));
  }

  /** A process with a folder. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] args) throws Exception {
      TemporaryFolder.take(Path.of(args[0]));
      System.gc(); // a lock that nothing held would be gone with it
      System.out.print('!');
      System.out.flush();
      Thread.sleep(60_000);
    }
  }

  @Test
  void whatIsNotOursStays() throws Exception {
    Path own = TemporaryFolder.make(parent);
    folder("lanpo-notes", "mine");
    folder("other-1", MARK);
    Files.createDirectories(parent.resolve("lanpo-data/in"));
    Files.writeString(parent.resolve("lanpo-5.bpf"), "a file");
    Files.createSymbolicLink(parent.resolve("lanpo-link"), folder("target", MARK));
    Set<String> before = names();
    assertEquals(List.of(), TemporaryFolder.removeLeftOvers(own));
    assertEquals(before, names());
  }

  /** The script makes the folder a moment before Java takes it. */
  @Test
  void anEmptyOneOfTheScriptGoesWhenItIsOld() throws Exception {
    Path own = TemporaryFolder.take(parent.resolve("lanpo-7-abcdefgh"));
    Path young = Files.createDirectory(parent.resolve("lanpo-8-abcdefgh"));
    Path old = Files.createDirectory(parent.resolve("lanpo-9-abcdefgh"));
    Path another = Files.createDirectory(parent.resolve("lanpo-empty"));
    Path unmarked = Files.createDirectory(parent.resolve("lanpo-10"));
    Path filled = Files.createDirectory(parent.resolve("lanpo-11"));
    Files.createFile(unmarked.resolve("owner"));
    Files.createFile(filled.resolve("owner"));
    Files.createFile(filled.resolve("notes"));
    for (Path folder : List.of(old, another, unmarked, filled)) {
      Files.setLastModifiedTime(folder, FileTime.from(Instant.now().minusSeconds(3600)));
    }
    assertEquals(
        Set.of(old, unmarked), Set.copyOf(TemporaryFolder.removeLeftOvers(own)), "no others");
    assertTrue(Files.exists(young) && Files.exists(another));
    assertTrue(Files.exists(filled.resolve("notes")));
  }
}
