package io.lanpo.shell.terminal;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a person answers a question, if there is one. */
public final class Keyboard {
  /** Nobody is there. */
  public static final Keyboard NONE = new Keyboard(null);

  /** What a terminal sends for Ctrl-D when it hands on every key. */
  private static final int END_OF_TRANSMISSION = 4;

  private final @Nullable InputStream keys;

  private Keyboard(@Nullable InputStream keys) {
    this.keys = keys;
  }

  /** The keys of a terminal. */
  public static Keyboard of(InputStream keys) {
    return new Keyboard(keys);
  }

  /**
   * The keys of this process's terminal. They are read from the descriptor, because Gogo replaces
   * {@code System.in} by a stream that looks at the current thread.
   *
   * @param terminal whether standard input is one, as the launcher found it
   */
  public static Keyboard ofProcess(boolean terminal) {
    return terminal ? of(new FileInputStream(FileDescriptor.in)) : NONE;
  }

  /** Whether somebody could answer. */
  public boolean present() {
    return keys != null;
  }

  /**
   * Waits for a line. No key behind its end is taken.
   *
   * @return empty when there will be none
   */
  public Optional<String> line() {
    if (keys == null) {
      return Optional.empty();
    }
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try {
      for (int key = keys.read(); ; key = keys.read()) {
        if (key == '\n' || key == '\r') {
          return Optional.of(line.toString(StandardCharsets.UTF_8));
        }
        if (key < 0 || key == END_OF_TRANSMISSION) {
          return Optional.empty();
        }
        line.write(key);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
