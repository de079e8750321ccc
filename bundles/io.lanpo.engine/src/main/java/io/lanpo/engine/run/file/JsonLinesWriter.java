package io.lanpo.engine.run.file;

import io.lanpo.api.component.UserException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;

/**
 * A file of JSON lines that grows, and can be cut back to what a checkpoint had seen. It keeps the
 * digest of what it holds, so that a checkpoint of a long run need not read its logs.
 */
public final class JsonLinesWriter implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;
  private final OutputStream out;
  private final MessageDigest digest;
  private long bytes;

  private JsonLinesWriter(Path file, FileChannel channel, MessageDigest digest, long bytes) {
    this.file = file;
    this.channel = channel;
    this.out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
    this.digest = digest;
    this.bytes = bytes;
  }

  /**
   * Opens a log for appending.
   *
   * @param keep bytes to keep; what follows them was written after the checkpoint and is cut off
   * @throws UserException when the file is shorter
   */
  public static JsonLinesWriter open(Path file, long keep) {
    try {
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      try {
        if (channel.size() < keep) {
          throw new UserException(
              "%s has %d bytes instead of at least %d".formatted(file, channel.size(), keep),
              "Bring back the file as it was.");
        }
        channel.truncate(keep);
        return new JsonLinesWriter(file, channel, read(channel), keep);
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw Json.cannotWrite(file, e);
    }
  }

  /** Reads what is there; what is written next comes behind it. */
  private static MessageDigest read(FileChannel channel) throws IOException {
    MessageDigest digest = FileSum.digest();
    InputStream in = new DigestInputStream(Channels.newInputStream(channel), digest);
    in.transferTo(OutputStream.nullOutputStream());
    return digest;
  }

  public void append(Object value) {
    appendLine(Json.line(value));
  }

  /** Appends what is a JSON line already. */
  public void appendLine(String text) {
    byte[] line = (text + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      out.write(line);
    } catch (IOException e) {
      throw Json.cannotWrite(file, e);
    }
    digest.update(line);
    bytes += line.length;
  }

  /** Hands everything to the operating system. */
  public void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw Json.cannotWrite(file, e);
    }
  }

  /** Hands everything to the disk, and tells what the file holds. */
  public FileSum sync() {
    flush();
    try {
      channel.force(true);
      return FileSum.of(bytes, (MessageDigest) digest.clone());
    } catch (IOException e) {
      throw Json.cannotWrite(file, e);
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the JDK's digests can be copied", e);
    }
  }

  @Override
  public void close() {
    try (channel) {
      out.flush();
    } catch (IOException e) {
      throw Json.cannotWrite(file, e);
    }
  }
}
