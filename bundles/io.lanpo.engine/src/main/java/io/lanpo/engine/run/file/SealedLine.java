package io.lanpo.engine.run.file;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** JSON lines that say of themselves whether they are as they were written. */
public final class SealedLine {
  private static final int DIGITS = 8;
  private static final Pattern SEALED = Pattern.compile("(\\{.*),\"sum\":\"([0-9a-f]{8})\"\\}");

  private SealedLine() {}

  /** A value on a line, with a sum as its last key. */
  public static String of(Object value) {
    String line = Json.line(value);
    return "%s,\"sum\":\"%s\"}".formatted(line.substring(0, line.length() - 1), sum(line));
  }

  /**
   * The line without its sum.
   *
   * @return empty when it is not as it was written; a line that never had a sum is as it is
   */
  public static Optional<String> open(String line) {
    Matcher sealed = SEALED.matcher(line);
    if (!sealed.matches()) {
      return Optional.of(line);
    }
    String content = sealed.group(1) + "}";
    return sum(content).equals(sealed.group(2)) ? Optional.of(content) : Optional.empty();
  }

  private static String sum(String line) {
    MessageDigest digest = FileSum.digest();
    digest.update(line.getBytes(StandardCharsets.UTF_8));
    return FileSum.of(line.length(), digest).sha256().substring(0, DIGITS);
  }
}
