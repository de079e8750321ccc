package io.lanpo.pool.chronicle.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** Which process has a file locked, in words. */
final class LockHolder {
  /** Linux lists the locks of all processes here. */
  private static final Path LOCKS = Path.of("/proc/locks");

  /** In a line: number, POSIX, ADVISORY, WRITE, process, device and inode, range. */
  private static final int PROCESS = 4;

  private static final int PLACE = 5;

  private LockHolder() {}

  /**
   * The process that has a file locked: {@code process 17}, or {@code another process} when neither
   * the system nor the marker tells.
   *
   * @param marker what the last holder wrote; it may hold anything after damage
   */
  static String inWords(Path file, String marker) {
    String word = marker.strip();
    long noted = word.matches("\\d{1,18}") ? Long.parseLong(word) : 0;
    long process = listed(file).orElse(isAnother(noted) ? noted : 0);
    return process > 0 ? "process " + process : "another process";
  }

  private static boolean isAnother(long process) {
    return process > 0
        && process != ProcessHandle.current().pid()
        && ProcessHandle.of(process).isPresent();
  }

  /** Device and inode of a file, as the system lists them: {@code 08:01:1234}. */
  private static String place(Path file) throws IOException {
    long device = (long) Files.getAttribute(file, "unix:dev");
    long major = device >>> 8 & 0xFFF;
    long minor = device & 0xFF | device >>> 12 & 0xFFF00;
    return "%02x:%02x:%s".formatted(major, minor, Files.getAttribute(file, "unix:ino"));
  }

  private static OptionalLong listed(Path file) {
    try {
      if (!Files.isReadable(LOCKS) || !Files.exists(file)) {
        return OptionalLong.empty();
      }
      String sought = place(file);
      List<String> lines = Files.readAllLines(LOCKS, StandardCharsets.ISO_8859_1);
      return lines.stream()
          .map(line -> line.strip().split("\\s+"))
          .filter(words -> words.length > PLACE && words[PLACE].equals(sought))
          .filter(words -> words[PROCESS].matches("\\d{1,18}"))
          .mapToLong(words -> Long.parseLong(words[PROCESS]))
          .filter(LockHolder::isAnother)
          .findFirst();
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return OptionalLong.empty();
    }
  }
}
