package io.lanpo.engine.run.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What a file held, or the beginning of one that grows.
 *
 * @param bytes its length
 * @param sha256 of its content, in hexadecimal digits; empty when only the length is known
 */
public record FileSum(long bytes, String sha256) {
  private static final int CHUNK = 1 << 18;
  private static final int SHOWN = 12;

  /** The sum of a whole file. */
  public static FileSum of(Path file) throws IOException {
    return ofBeginning(file, Long.MAX_VALUE);
  }

  /**
   * The sum of the beginning of a file.
   *
   * @param most bytes at most; fewer when the file is shorter
   */
  public static FileSum ofBeginning(Path file, long most) throws IOException {
    MessageDigest digest = digest();
    long left = most;
    try (InputStream in = Files.newInputStream(file)) {
      byte[] buffer = new byte[CHUNK];
      int read = in.read(buffer, 0, (int) Math.min(CHUNK, left));
      while (read > 0) {
        digest.update(buffer, 0, read);
        left -= read;
        read = in.read(buffer, 0, (int) Math.min(CHUNK, left));
      }
    }
    return of(most - left, digest);
  }

  /** A digest that has seen this many bytes. */
  static FileSum of(long bytes, MessageDigest digest) {
    return new FileSum(bytes, HexFormat.of().formatHex(digest.digest()));
  }

  /** A digest that has seen nothing. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  /**
   * What is wrong with a file that should hold this.
   *
   * @param grows whether more may follow
   * @return empty when nothing is
   */
  public Optional<String> difference(Path file, boolean grows) {
    if (!Files.isRegularFile(file)) {
      return Optional.of(Files.exists(file) ? "is not a file" : "is missing");
    }
    try {
      long there = Files.size(file);
      if (there < bytes || !grows && there > bytes) {
        return Optional.of(
            "has %d bytes instead of %s%d".formatted(there, grows ? "at least " : "", bytes));
      }
      String now = sha256.isEmpty() ? sha256 : ofBeginning(file, bytes).sha256;
      return now.equals(sha256)
          ? Optional.empty()
          : Optional.of(
              "is not what was written: its SHA-256 begins with %s instead of %s"
                  .formatted(shown(now), shown(sha256)));
    } catch (IOException e) {
      return Optional.of("cannot be read: " + Json.reason(e));
    }
  }

  private static String shown(String digits) {
    return digits.substring(0, Math.min(SHOWN, digits.length()));
  }
}
