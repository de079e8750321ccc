package io.lanpo.libs.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Follows a file of lines that another process writes: each look hands on the lines that were added
 * since the last one. A line that is still being written, or was cut off by a kill, waits for its
 * end. A file that was cut back or replaced is read again from its first line. Not thread-safe.
 */
public final class LineTail {
  private static final int CHUNK = 1 << 20;

  /** This many bytes before the place reached have to be as they were. */
  private static final int ANCHOR = 512;

  private final Path file;
  private long offset;
  private byte[] anchor = {};

  /**
   * @param file it may not be there yet
   */
  public LineTail(Path file) {
    this.file = file;
  }

  /** Takes lines. */
  public interface Visitor {
    /** What was handed on so far no longer counts; the file comes again from its first line. */
    void restart();

    /**
     * A whole line.
     *
     * @param at where it begins in the file, in bytes
     * @param bytes hold it, without its line end; only valid during the call
     * @param from index of its first byte
     * @param length its bytes
     */
    void line(long at, byte[] bytes, int from, int length);
  }

  /**
   * Hands on the new whole lines.
   *
   * @throws IOException when the file is there and cannot be read
   */
  public void follow(Visitor visitor) throws IOException {
    if (Files.notExists(file)) {
      restart(visitor);
      return;
    }
    try (FileChannel channel = FileChannel.open(file)) {
      if (!continues(channel)) {
        restart(visitor);
      }
      read(channel, visitor);
    }
  }

  private void restart(Visitor visitor) {
    if (offset > 0) {
      offset = 0;
      anchor = new byte[0];
      visitor.restart();
    }
  }

  private boolean continues(FileChannel channel) throws IOException {
    if (channel.size() < offset) {
      return false;
    }
    byte[] now = new byte[anchor.length];
    return fill(channel, offset - now.length, now, 0) == now.length && Arrays.equals(now, anchor);
  }

  private void read(FileChannel channel, Visitor visitor) throws IOException {
    long end = channel.size();
    byte[] buffer = new byte[(int) Math.min(CHUNK, Math.max(1, end - offset))];
    int held = 0;
    while (offset + held < end) {
      if (held == buffer.length) {
        buffer = Arrays.copyOf(buffer, Math.multiplyExact(buffer.length, 2));
      }
      int got = fill(channel, offset + held, buffer, held);
      if (got == 0) {
        return;
      }
      held += got;
      int used = 0;
      for (int i = 0; i < held; i++) {
        if (buffer[i] == '\n') {
          visitor.line(offset + used, buffer, used, i - used);
          used = i + 1;
        }
      }
      if (used > 0) {
        anchor = Arrays.copyOfRange(buffer, Math.max(0, used - ANCHOR), used);
        offset += used;
        held -= used;
        System.arraycopy(buffer, used, buffer, 0, held);
      }
    }
  }

  /** Reads from a place to the end of an array, or of the file. */
  private static int fill(FileChannel channel, long at, byte[] into, int from) throws IOException {
    ByteBuffer target = ByteBuffer.wrap(into, from, into.length - from);
    while (target.hasRemaining()) {
      if (channel.read(target, at + target.position() - from) < 0) {
        break;
      }
    }
    return target.position() - from;
  }
}
