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

  private final Path folder;
  private final String key;
  private final Path marker;
  private final FileChannel channel;
  private final FileLock lock;
  private final @Nullable String crashed;

  private FolderLock(
      Path folder,
      String key,
      Path marker,
      FileChannel channel,
      FileLock lock,
      @Nullable String crashed) {
    this.folder = folder;
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
    Path file = folder.resolve("lock");
    demandNoFolder(file);
    demandNoFolder(marker);
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw held(
            folder, LockHolder.inWords(file, Files.isRegularFile(marker) ? content(marker) : ""));
      }
      String crashed = Files.exists(marker) ? content(marker) : null;
      FolderLock taken = new FolderLock(folder, key, marker, channel, lock, crashed);
      Files.writeString(marker, pid + "\n");
      return taken;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static void demandNoFolder(Path file) {
    if (Files.isDirectory(file)) {
      throw new UserException(
          "%s is a folder; the pool needs a file of this name.".formatted(file),
          "Move it to another place, or use another pool folder.");
    }
  }

  /**
   * What to say when a file of the pool is locked although the folder was free: somebody has
   * deleted the lock file under the process that has the pool open.
   *
   * @param file the file that is locked
   */
  public UserException heldByAnother(Path file) {
    return held(folder, LockHolder.inWords(file, crashed == null ? "" : crashed));
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

  /** The folder. */
  public Path folder() {
    return folder;
  }

  /** Whether the last holder ended without closing the pool. */
  public boolean afterCrash() {
    return crashed != null;
  }

  /** The last holder, {@code process 17}, in words; null when it closed the pool. */
  public @Nullable String crashed() {
    if (crashed == null) {
      return null;
    }
    String pid = crashed.strip();
    return pid.matches("\\d{1,19}") ? "process " + pid : "unknown";
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
