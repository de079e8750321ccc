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
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a killed process leaves behind. */
class CrashTest {
  private static final int CAPACITY = 500;

  private static final int LESSONS = 20;

  @TempDir Path folder;

  /** How often the writer is killed; {@code -Dlanpo.kills=200} for a long night. */
  private static final int KILLS = Integer.getInteger("lanpo.kills", 25);

  /**
   * The first writer has wrapped round its capacity when it is killed, so evictions are hit as well
   * as additions. The others are killed at any moment after their first batch, by a seed that is
   * printed with a failure.
   */
  @Test
  void killedWritersLoseNothingThatWasAcknowledged() throws Exception {
    killWriters(3);
  }

  @Test
  @Tag("full")
  void writersThatAreKilledAgainAndAgainLoseNothingThatWasAcknowledged() throws Exception {
    killWriters(KILLS);
  }

  private void killWriters(int kills) throws Exception {
    long seed = Long.getLong("lanpo.seed", System.nanoTime());
    Random random = new Random(seed);
    int next = 0;
    for (int kill = 0; kill < kills; kill++) {
      String when = "kill " + kill + " of seed " + seed;
      int acknowledged = next - 1;
      try (ChildJvm writer =
          new ChildJvm(
              WriterProcess.class, folder.toString(), "" + next, "" + CAPACITY, "" + LESSONS)) {
        assertEquals("open", writer.line());
        int batches = kill == 0 ? 2 * CAPACITY / WriterProcess.BATCH : 1 + random.nextInt(30);
        for (int batch = 0; batch < batches; batch++) {
          acknowledged = Integer.parseInt(writer.line());
        }
        LockSupport.parkNanos(random.nextInt(3_000_000));
        for (String line : writer.kill()) {
          // The last line may be cut.
          acknowledged = Math.max(acknowledged, Integer.parseInt(line));
        }
      }
      assertTrue(Files.exists(folder.resolve("open")), "the marker of a crash");
      next = 1 + lastAfterACrash(acknowledged, when, CAPACITY - 1);
      assertFalse(Files.exists(folder.resolve("open")), "no marker after an orderly end");
    }
  }

  /** Opens the pool, compares every entry with what was written, and tells the last number. */
  private int lastAfterACrash(int acknowledged, String when, int least) {
    try (ExperiencePool pool = open()) {
      List<Experience> kept = pool.experiences().toList();
      int last = kept.get(kept.size() - 1).step();
      // One batch may have been on its way.
      assertTrue(
          last >= acknowledged && last <= acknowledged + WriterProcess.BATCH,
          () -> "%s: %d stored, %d acknowledged".formatted(when, last, acknowledged));
      // Room was made for one entry that did not come, at most.
      assertTrue(kept.size() >= least, () -> when + ": " + kept.size() + " kept");
      for (int i = 0; i < kept.size(); i++) {
        assertEquals(WriterProcess.numbered(last - kept.size() + 1 + i), kept.get(i), when);
      }
      assertTrue(
          pool.lessons().size() >= Math.min(least, LESSONS - 1),
          () -> when + ": " + pool.lessons().size() + " lessons");
      String lesson = "l" + (acknowledged - WriterProcess.BATCH + 1);
      assertTrue(
          pool.lessons().stream().anyMatch(l -> l.lesson().id().equals(lesson)),
          () -> when + ": " + lesson);
      return last;
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
    Path building = folder.resolve("building-0123456789abcdef");
    Files.createDirectories(building);
    Files.writeString(building.resolve("experiences.map"), "half");
    Files.writeString(folder.resolve("open"), "1\n");
    try (ExperiencePool pool = open()) {
      assertEquals(0, pool.stats().experiences());
    }
    assertFalse(Files.exists(building));
  }

  /** Somebody has deleted the lock under the process that has the pool open. */
  @Test
  void aPoolWhoseLockIsDeletedStaysWithItsHolder() throws Exception {
    try (ChildJvm holder =
        new ChildJvm(WriterProcess.class, folder.toString(), "0", "" + CAPACITY, "" + LESSONS)) {
      assertEquals("open", holder.line());
      Files.delete(folder.resolve("lock"));
      UserException e = assertThrows(UserException.class, this::open);
      assertEquals(
          "The pool in %s is open in process %d.".formatted(folder, holder.pid()), e.getMessage());
      int acknowledged = Integer.parseInt(holder.line());
      for (String line : holder.kill()) {
        acknowledged = Math.max(acknowledged, Integer.parseInt(line));
      }
      lastAfterACrash(acknowledged, "the lock was deleted", 0);
    }
  }

  /** Chronicle would wait for the lock, for half a minute and longer. */
  @ParameterizedTest
  @ValueSource(strings = {"experiences.map", "lessons.log"})
  void aFileThatAnotherProcessHasLockedIsRefusedAtOnce(String name) throws Exception {
    open().close();
    Files.writeString(folder.resolve("open"), ProcessHandle.current().pid() + "\n");
    Path file = folder.resolve("data-1").resolve(name);
    try (ChildJvm holder = new ChildJvm(LockingProcess.class, file.toString())) {
      assertEquals("locked", holder.line());
      UserException e = assertThrows(UserException.class, this::open);
      String who = OS.LINUX.isCurrentOs() ? "process " + holder.pid() : "another process";
      assertEquals("The pool in %s is open in %s.".formatted(folder, who), e.getMessage());
      holder.kill();
    }
    open().close();
  }

  private ExperiencePool open() {
    return Samples.open(folder, Map.of("capacity", "" + CAPACITY, "lessons", "" + LESSONS));
  }
}
