package io.lanpo.engine.run.folder;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file of JSON lines that grows, and can be cut back to what a checkpoint had seen. */
public final class JsonLinesWriter implements AutoCloseable {
  private final Path file;
  private final BufferedWriter writer;

  private JsonLinesWriter(Path file, BufferedWriter writer) {
    this.file = file;
    this.writer = writer;
  }

  /**
   * Opens a log for appending.
   *
   * @param keep bytes to keep; what follows them was written after the checkpoint and is cut off
   */
  public static JsonLinesWriter open(Path file, long keep) {
    try {
      if (Files.exists(file)) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          channel.truncate(keep);
        }
      }
      return new JsonLinesWriter(
          file,
          Files.newBufferedWriter(
              file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    } catch (IOException e) {
      throw Json.cannotWrite(file, e);
    }
  }

  public void append(Object value) {
    try {
      writer.write(Json.line(value));
      writer.write('\n');
    } catch (IOException e) {
      throw Json.cannotWrite(file, e);
    }
  }

  /** Hands everything to the operating system and tells the size in bytes. */
  public long flush() {
    try {
      writer.flush();
      return Files.size(file);
    } catch (IOException e) {
      throw Json.cannotWrite(file, e);
    }
  }

  @Override
  public void close() {
    try {
      writer.close();
    } catch (IOException e) {
      throw Json.cannotWrite(file, e);
    }
  }
}
