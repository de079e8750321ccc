package io.lanpo.tasks.jsonl;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads lines of strict UTF-8 and counts them, so that a fault can be placed. A byte order mark is
 * skipped.
 */
final class Utf8Lines {
  private final InputStream in;
  private int number;

  Utf8Lines(InputStream in) {
    this.in = in;
  }

  /** The next line; empty at the end. */
  Optional<String> next() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int b = in.read();
    if (b < 0) {
      return Optional.empty();
    }
    number++;
    for (; b >= 0 && b != '\n'; b = in.read()) {
      bytes.write(b);
    }
    try {
      String line =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes.toByteArray()))
              .toString();
      return Optional.of(number == 1 && line.startsWith("\uFEFF") ? line.substring(1) : line);
    } catch (CharacterCodingException e) {
      throw new NotUtf8Exception(number, e);
    }
  }

  /** The number of the last line read, from 1. */
  int number() {
    return number;
  }

  /** A line that is not UTF-8. */
  static final class NotUtf8Exception extends IOException {
    private static final long serialVersionUID = 1L;

    private final int line;

    NotUtf8Exception(int line, CharacterCodingException cause) {
      super("line " + line + " is not UTF-8", cause);
      this.line = line;
    }

    int line() {
      return line;
    }
  }
}
