package io.lanpo.pool.chronicle.file;

import io.lanpo.api.component.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Holds a pool folder for one opener. A marker file names the holder and is removed by an orderly
 * end only, so finding one with the lock free means that the last holder crashed.
 *
 * <p>Openers within this process are distinguished by a system property: it is the one registry
 * that all class loaders share, and on POSIX systems the mere closing of a second channel on the
 * lock file would give up the lock.
 */
public final class FolderLock {
  private static final String REGISTRY = "io.lanpo.pool.chronicle.open:";

  /** More than any process id needs. */
  private static final int MARKER_BYTES = 32;

  private final String key;
  private final Path marker;
  private final FileChannel channel;
  private final FileLock lock;
  private final @Nullable String crashed;

  private FolderLock(
      String key, Path marker, FileChannel channel, FileLock lock, @Nullable String crashed) {
    this.key = key;
    this.marker = marker;
    this.channel = channel;
    this.lock = lock;
    this.crashed = crashed;
  }

  /**
   * Takes the lock.
   *
   * @param folder an existing folder
   * @throws UserException when this or another process holds it, naming the process id
   */
  public static FolderLock take(Path folder) throws IOException {
    String pid = Long.toString(ProcessHandle.current().pid());
    String key = REGISTRY + folder.toRealPath();
    if (System.getProperties().putIfAbsent(key, pid) != null) {
      throw held(folder, "this process (" + pid + ")");
    }
    try {
      return takeFile(folder, key, pid);
    } catch (IOException | RuntimeException e) {
      System.getProperties().remove(key);
      throw e;
    }
  }

  private static FolderLock takeFile(Path folder, String key, String pid) throws IOException {
    Path marker = folder.resolve("open");
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        String holder = Files.exists(marker) ? content(marker).strip() : "";
        throw held(folder, holder.isEmpty() ? "another process" : "process " + holder);
      }
      String crashed = Files.exists(marker) ? content(marker) : null;
      FolderLock taken = new FolderLock(key, marker, channel, lock, crashed);
      Files.writeString(marker, pid + "\n");
      return taken;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static String content(Path marker) throws IOException {
    try (InputStream in = Files.newInputStream(marker)) {
      return new String(in.readNBytes(MARKER_BYTES), StandardCharsets.UTF_8);
    }
  }

  private static UserException held(Path folder, String holder) {
    return new UserException(
        "The pool in %s is open in %s.".formatted(folder, holder),
        "Wait until it has finished, stop it, or use another pool folder.");
  }

  /** Whether the last holder ended without closing the pool. */
  public boolean afterCrash() {
    return crashed != null;
  }

  /** What the last holder left in the marker, its process id; null when it closed the pool. */
  public @Nullable String crashed() {
    return crashed;
  }

  /**
   * Gives the folder back.
   *
   * @param orderly false leaves the marker, so that the next opener recovers the files
   */
  public void release(boolean orderly) throws IOException {
    try {
      if (orderly) {
        Files.deleteIfExists(marker);
      }
      lock.release();
    } finally {
      free();
    }
  }

  /** Gives the folder back as it was found. */
  public void restore() throws IOException {
    try {
      if (crashed == null) {
        Files.deleteIfExists(marker);
      } else {
        Files.writeString(marker, crashed);
      }
      lock.release();
    } finally {
      free();
    }
  }

  private void free() throws IOException {
    try {
      channel.close();
    } finally {
      System.getProperties().remove(key);
    }
  }
}
