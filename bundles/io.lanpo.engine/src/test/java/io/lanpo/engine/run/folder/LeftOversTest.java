package io.lanpo.engine.run.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.engine.run.file.ProcessMark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What processes leave that are killed before a run has begun, and what is nobody's business. */
class LeftOversTest {
  /** A process that is gone: none gets this number. */
  private static final ProcessMark GONE = new ProcessMark(999_999_999L, 5);

  @TempDir Path runs;

  private Set<String> names() throws IOException {
    try (Stream<Path> all = Files.list(runs)) {
      return all.map(f -> f.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private Path folder(String name, String starting) throws IOException {
    Path folder = Files.createDirectories(runs.resolve(name));
    if (!starting.isEmpty()) {
      Files.writeString(folder.resolve("starting"), starting);
    }
    return folder;
  }

  @Test
  void aFolderOfAKilledProcessGoesAndThatOfALivingOneStays() throws IOException {
    RunsFolder folder = new RunsFolder(runs);
    String own = folder.create("micro").path().getFileName().toString();
    Files.createDirectories(folder("killed", GONE + "\n").resolve("pool/data-1"));
    Files.createDirectory(runs.resolve(".starting." + GONE + ".0123abcd.part"));
    // the number of a process that lives, with the start of an older one
    folder("reused", ProcessHandle.current().pid() + "-5");
    folder.removeLeftOvers();
    assertEquals(Set.of(own), names());
    assertTrue(folder.all().isEmpty(), "it has not begun");
  }

  @Test
  void whatHasBegunOrIsNotOursStays() throws IOException {
    Files.writeString(folder("begun", GONE.toString()).resolve("run.json"), "{}");
    folder("empty", "");
    folder("edited", "starting soon");
    folder("experiments", "");
    Path link =
        Files.createSymbolicLink(
            runs.resolve("x." + GONE + ".0123abcd.part"),
            Files.createDirectory(runs.resolve("kept")));
    Files.writeString(runs.resolve("y." + GONE + ".0123abcd.part"), "a file");
    Set<String> before = names();
    new RunsFolder(runs).removeLeftOvers();
    assertEquals(before, names());
    assertTrue(Files.isSymbolicLink(link));
  }

  @Test
  void twoRunsOfOneSecondHaveTwoFolders() {
    RunsFolder folder = new RunsFolder(runs);
    List<Path> made =
        Stream.generate(() -> folder.create("micro")).limit(4).map(RunFolder::path).toList();
    assertEquals(4, Set.copyOf(made).size());
  }

  @Test
  void aRunWithoutItsRecordIsListedAndNotHidden() throws IOException {
    Files.writeString(folder("lost", "").resolve("metrics.jsonl"), "{}\n");
    RunsFolder folder = new RunsFolder(runs);
    assertEquals(1, folder.all().size());
    assertFalse(folder.find("lo").begun());
  }

  @Test
  void aMarkNamesItsProcess() {
    ProcessMark own = ProcessMark.of(ProcessHandle.current());
    assertTrue(own.alive());
    assertEquals(own, ProcessMark.parse(own + "\n").orElseThrow());
    assertFalse(GONE.alive());
    assertTrue(ProcessMark.parse("1 2").isEmpty());
    assertTrue(new ProcessMark(own.pid(), 0).alive(), "a start that is not known is no other one");
  }
}
