package io.lanpo.runtime;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * What anybody but the platform's own console prints: control characters are shown as {@code \x1b}
 * rather than obeyed by the terminal, where they could hide or forge what the platform says. Lines
 * and tabs stay.
 */
final class InertStream extends FilterOutputStream {
  private static final int DELETE = 0x7f;

  /** In UTF-8 the first byte of the control characters from 0x80 on. */
  private static final int C1 = 0xc2;

  private boolean afterC1;

  InertStream(OutputStream out) {
    super(out);
  }

  /** A stream that prints on another one. */
  static PrintStream on(PrintStream out) {
    String encoding = System.getProperty("native.encoding");
    Charset charset =
        encoding != null && Charset.isSupported(encoding)
            ? Charset.forName(encoding)
            : Charset.defaultCharset();
    return new PrintStream(new InertStream(out), true, charset);
  }

  @Override
  public synchronized void write(int b) throws IOException {
    int c = b & 0xff;
    if (afterC1) {
      afterC1 = false;
      if (c >= 0x80 && c < 0xa0) {
        show(c);
        return;
      }
      out.write(C1);
    }
    if (c == C1) {
      afterC1 = true;
    } else if ((c < ' ' && c != '\n' && c != '\t') || c == DELETE) {
      show(c);
    } else {
      out.write(c);
    }
  }

  @Override
  public synchronized void write(byte[] bytes, int from, int length) throws IOException {
    for (int i = from; i < from + length; i++) {
      write(bytes[i]);
    }
  }

  private void show(int c) throws IOException {
    out.write("\\x%02x".formatted(c).getBytes(StandardCharsets.US_ASCII));
  }
}
