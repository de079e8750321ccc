package io.lanpo.pool.chronicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.UserException;
import io.lanpo.api.pool.Experience;
import io.lanpo.api.pool.ExperiencePool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a killed process leaves behind. */
class CrashTest {
  private static final int CAPACITY = 500;

  private static final int LESSONS = 20;

  @TempDir Path folder;

  /**
   * The writer has wrapped round its capacity when it is killed, so evictions are hit as well as
   * additions.
   */
  @Test
  void killedWritersLoseNothingThatWasAcknowledged() throws Exception {
    int next = 0;
    for (int kill = 0; kill < 3; kill++) {
      int acknowledged = next - 1;
      try (ChildJvm writer =
          new ChildJvm(
              WriterProcess.class, folder.toString(), "" + next, "" + CAPACITY, "" + LESSONS)) {
        assertEquals("open", writer.line());
        for (int batch = 0; batch < (kill + 1) * CAPACITY / WriterProcess.BATCH; batch++) {
          acknowledged = Integer.parseInt(writer.line());
        }
        Thread.sleep(7 * kill);
        for (String line : writer.kill()) {
          // The last line may be cut.
          acknowledged = Math.max(acknowledged, Integer.parseInt(line));
        }
      }
      assertTrue(Files.exists(folder.resolve("open")), "the marker of a crash");
      try (ExperiencePool pool = open()) {
        List<Experience> kept = pool.experiences().toList();
        int last = kept.get(kept.size() - 1).step();
        // One batch may have been on its way.
        assertTrue(
            last >= acknowledged && last <= acknowledged + WriterProcess.BATCH,
            last + " stored, " + acknowledged + " acknowledged");
        // Room was made for one entry that did not come, at most.
        assertTrue(kept.size() >= CAPACITY - 1, () -> kept.size() + " kept");
        for (int i = 0; i < kept.size(); i++) {
          assertEquals(WriterProcess.numbered(last - kept.size() + 1 + i), kept.get(i));
        }
        assertTrue(pool.lessons().size() >= LESSONS - 1, () -> pool.lessons().size() + " lessons");
        String lesson = "l" + (acknowledged - WriterProcess.BATCH + 1);
        assertTrue(pool.lessons().stream().anyMatch(l -> l.lesson().id().equals(lesson)), lesson);
        next = last + 1;
      }
      assertFalse(Files.exists(folder.resolve("open")), "no marker after an orderly end");
    }
  }

  @Test
  void aSecondProcessIsToldWhoHoldsThePool() throws Exception {
    try (ChildJvm holder =
        new ChildJvm(WriterProcess.class, folder.toString(), "-1", "" + CAPACITY, "" + LESSONS)) {
      assertEquals("open", holder.line());
      UserException e = assertThrows(UserException.class, this::open);
      assertEquals(
          "The pool in %s is open in process %d.".formatted(folder, holder.pid()), e.getMessage());
      holder.kill();
      open().close();
    }
  }

  @Test
  void aSecondOpeningInThisProcessIsRefusedAndDoesNotGiveUpTheLock() throws Exception {
    try (ExperiencePool pool = open()) {
      UserException e = assertThrows(UserException.class, this::open);
      assertTrue(e.getMessage().contains("this process"), e::getMessage);
      try (ChildJvm other =
          new ChildJvm(WriterProcess.class, folder.toString(), "-1", "" + CAPACITY, "" + LESSONS)) {
        assertTrue(
            other.line().endsWith("is open in process " + ProcessHandle.current().pid() + "."));
      }
      pool.add(List.of(Samples.experience("e", "r", 1, "q")));
    }
    open().close();
  }

  @Test
  void aBuildThatWasKilledIsDoneAgain() throws Exception {
    Files.createDirectories(folder.resolve("building"));
    Files.writeString(folder.resolve("building").resolve("experiences.map"), "half");
    Files.writeString(folder.resolve("open"), "1\n");
    try (ExperiencePool pool = open()) {
      assertEquals(0, pool.stats().experiences());
    }
    assertFalse(Files.exists(folder.resolve("building")));
  }

  /**
   * A killed recovery leaves the file marked as incomplete, for which Chronicle would wait a
   * minute.
   */
  @Test
  void aRecoveryThatWasKilledIsDoneAgain() throws Exception {
    try (ExperiencePool pool = open()) {
      pool.add(List.of(Samples.experience("e", "r", 1, "q")));
    }
    Path file = folder.resolve("data-1").resolve("experiences.map");
    byte[] bytes = Files.readAllBytes(file);
    bytes[11] |= (byte) 0x80;
    Files.write(file, bytes);
    Files.writeString(folder.resolve("open"), "1\n");
    long start = System.nanoTime();
    try (ExperiencePool pool = open()) {
      assertEquals(List.of("e"), Samples.ids(pool));
    }
    assertTrue(System.nanoTime() - start < 20_000_000_000L);
  }

  private ExperiencePool open() {
    return Samples.open(folder, Map.of("capacity", "" + CAPACITY, "lessons", "" + LESSONS));
  }
}
