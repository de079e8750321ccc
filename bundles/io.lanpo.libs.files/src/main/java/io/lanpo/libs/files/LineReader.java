package io.lanpo.libs.files;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file of lines in strict UTF-8, one at a time, and says where it is and whether the last
 * line is whole: that of a process which was killed while it wrote is not. A byte order mark is
 * skipped. Not thread-safe.
 */
public final class LineReader implements Closeable {
  private static final int BUFFER = 1 << 16;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER];
  private int from;
  private int to;
  private long number;

  private LineReader(InputStream in) {
    this.in = in;
  }

  /**
   * A line.
   *
   * @param number from 1
   * @param text without the line end
   * @param ended whether a line end follows; if not, it is the last line and may have been cut off,
   *     even within a character
   */
  public record Line(long number, String text, boolean ended) {}

  /** A line that is not UTF-8. */
  public static final class NotUtf8Exception extends IOException {
    private static final long serialVersionUID = 1L;

    private final long line;

    NotUtf8Exception(long line) {
      super("line %d is not UTF-8".formatted(line));
      this.line = line;
    }

    /** Number of the line, from 1. */
    public long line() {
      return line;
    }
  }

  /**
   * Opens a file.
   *
   * @throws IOException when it cannot be read
   */
  public static LineReader open(Path file) throws IOException {
    return new LineReader(Files.newInputStream(file));
  }

  /**
   * The next line.
   *
   * @return null at the end of the file
   * @throws NotUtf8Exception when the line is not UTF-8; the one after it can be read
   */
  public @Nullable Line next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    boolean begun = false;
    while (from < to || fill()) {
      begun = true;
      int end = from;
      while (end < to && buffer[end] != '\n') {
        end++;
      }
      line.write(buffer, from, end - from);
      boolean ended = end < to;
      from = ended ? end + 1 : end;
      if (ended) {
        return line(line, true);
      }
    }
    return begun ? line(line, false) : null;
  }

  /** Number of the last line read, from 1; 0 before the first. */
  public long number() {
    return number;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private boolean fill() throws IOException {
    from = 0;
    to = Math.max(0, in.read(buffer));
    return to > 0;
  }

  private Line line(ByteArrayOutputStream line, boolean ended) throws NotUtf8Exception {
    number++;
    ByteBuffer bytes = ByteBuffer.wrap(line.toByteArray());
    CharBuffer text = CharBuffer.allocate(bytes.remaining());
    // a character that is cut off at the end of the file is left out
    CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(bytes, text, ended);
    if (result.isError()) {
      throw new NotUtf8Exception(number);
    }
    return new Line(number, plain(text.flip().toString()), ended);
  }

  private String plain(String text) {
    int begin = number == 1 && text.startsWith("\uFEFF") ? 1 : 0;
    int end = text.endsWith("\r") ? text.length() - 1 : text.length();
    return text.substring(begin, Math.max(begin, end));
  }
}
