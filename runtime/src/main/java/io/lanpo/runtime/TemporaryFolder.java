package io.lanpo.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserPrincipal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * The folder for the temporary files of a process, {@code lanpo-…}. The process holds a lock on the
 * file {@code owner} in it for as long as it lives; a folder whose lock is free is one of a process
 * that was killed, and the next one that starts removes it. The system lets go of a lock however a
 * process ends, and knows it across containers, which do not see each other's processes.
 */
final class TemporaryFolder {
  private static final String PREFIX = "lanpo-";
  private static final String OWNER = "owner";

  /** What stands in the file before the number of the process. */
  private static final String MARK = "temporary folder of lanpo process ";

  /** As this class and the start script make them. */
  private static final String NAME = PREFIX + "\\d+(-\\w+)?";

  /** A folder without an owner may be about to get one. */
  private static final long YOUNG_SECONDS = 60;

  private TemporaryFolder() {}

  /**
   * Takes a folder for this process.
   *
   * @param given what the start script has made; it may be gone
   */
  static Path take(Path given) throws IOException {
    own(Files.createDirectories(given));
    return given;
  }

  /**
   * Makes a folder for this process.
   *
   * @param parent where
   */
  static Path make(Path parent) throws IOException {
    Path folder = Files.createTempDirectory(parent, PREFIX);
    own(folder);
    return folder;
  }

  private static void own(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve(OWNER), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = channel.lock();
    // the mark comes after the lock: a file with a mark and without a lock has lost its process
    channel.write(
        ByteBuffer.wrap(
            (MARK + ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8)));
    hold(lock);
  }

  /** A channel that nothing refers to is closed, and its lock with it. */
  private static void hold(FileLock lock) {
    Thread holder =
        new Thread(
            () -> {
              while (lock.isValid()) {
                LockSupport.park(lock);
              }
            },
            "lanpo-temporary-folder");
    holder.setDaemon(true);
    holder.start();
  }

  /**
   * Removes the folders beside one's own whose process is gone. Others are left alone: those of
   * another user, those without the mark, links.
   *
   * @param own the folder of this process; to open its owner file again would give up its lock
   * @return the folders that are gone
   */
  static List<Path> removeLeftOvers(Path own) {
    List<Path> gone = new ArrayList<>();
    try (DirectoryStream<Path> beside =
        Files.newDirectoryStream(own.toAbsolutePath().getParent(), PREFIX + "*")) {
      UserPrincipal user = Files.getOwner(own);
      for (Path folder : beside) {
        if (!folder.getFileName().equals(own.getFileName())
            && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
            && Files.getOwner(folder).equals(user)
            && removed(folder)) {
          gone.add(folder);
        }
      }
    } catch (IOException e) {
      // whoever starts wants to work; the next start tries again
      return gone;
    }
    return gone;
  }

  private static boolean removed(Path folder) {
    Path owner = folder.resolve(OWNER);
    try {
      if (Files.notExists(owner, LinkOption.NOFOLLOW_LINKS)) {
        return abandoned(folder) && removedEmpty(folder);
      }
      try (FileChannel channel =
          FileChannel.open(
              owner,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              LinkOption.NOFOLLOW_LINKS)) {
        boolean begun = channel.size() == 0 && abandoned(folder);
        if (!begun && !marked(channel) || channel.tryLock() == null) {
          return false;
        }
        if (begun) {
          Files.delete(owner);
          return removedEmpty(folder);
        }
        delete(folder);
        return true;
      }
    } catch (IOException | OverlappingFileLockException e) { // in use, or going
      return false;
    }
  }

  /**
   * Whether a folder without a mark is one of a process that was killed before it wrote one: by its
   * name, and since nothing has happened in it for a while. Only what is empty goes by this.
   */
  private static boolean abandoned(Path folder) throws IOException {
    Instant changed = Files.getLastModifiedTime(folder).toInstant();
    return folder.getFileName().toString().matches(NAME)
        && changed.plusSeconds(YOUNG_SECONDS).isBefore(Instant.now());
  }

  private static boolean removedEmpty(Path folder) throws IOException {
    Files.delete(folder); // fails where there is something in it
    return true;
  }

  private static boolean marked(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(MARK.length());
    while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
      // until all of it is read
    }
    return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).equals(MARK);
  }

  /** The mark goes last: half a folder is still one that the next start removes. */
  static void delete(Path folder) throws IOException {
    Path owner = folder.resolve(OWNER);
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        if (!path.equals(owner) && !path.equals(folder)) {
          Files.deleteIfExists(path);
        }
      }
    }
    Files.deleteIfExists(owner);
    Files.deleteIfExists(folder);
  }
}
