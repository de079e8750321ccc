package io.lanpo.runtime;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * What anybody but the platform's own console prints: control characters, line separators and the
 * marks that reorder text are shown by their codes, as {@code \x1b}, rather than obeyed by the
 * terminal, where they could hide or forge what the platform says. Lines and tabs stay. A line
 * begins with what its constructor was given, which on a terminal takes away a progress line that
 * is there.
 */
final class InertStream extends FilterOutputStream {
  private static final int DELETE = 0x7f;

  /** The first bytes, in UTF-8, of every character of two or more bytes that is not harmless. */
  private static final int C1 = 0xc2;

  private static final int MARKS = 0xe2;

  /** Back to the first column, and the rest of the line is empty. */
  private static final String FROM_THE_MARGIN = "\r\u001b[K";

  /** A character of these first bytes whose end has not come yet. */
  private final byte[] begun = new byte[3];

  private int held;

  private final byte[] beginning;
  private boolean begins = true;

  /**
   * @param beginning what every line begins with
   */
  InertStream(OutputStream out, String beginning) {
    super(out);
    this.beginning = beginning.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * A stream that prints on another one.
   *
   * @param live whether that is a terminal on which lines are overwritten
   */
  static PrintStream on(PrintStream out, boolean live) {
    String encoding = System.getProperty("native.encoding");
    Charset charset =
        encoding != null && Charset.isSupported(encoding)
            ? Charset.forName(encoding)
            : Charset.defaultCharset();
    return new PrintStream(new InertStream(out, live ? FROM_THE_MARGIN : ""), true, charset);
  }

  @Override
  public synchronized void write(int b) throws IOException {
    int c = b & 0xff;
    if (begins) {
      out.write(beginning);
    }
    begins = c == '\n';
    if (held > 0 && (c & 0xc0) == 0x80) {
      begun[held++] = (byte) c;
      if (held == (begun[0] == (byte) C1 ? 2 : 3)) {
        finish();
      }
      return;
    }
    out.write(begun, 0, held); // another encoding, or damaged
    held = 0;
    if (c == C1 || c == MARKS) {
      begun[held++] = (byte) c;
    } else if ((c < ' ' && c != '\n' && c != '\t') || c == DELETE) {
      show("\\x%02x", c);
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

  private void finish() throws IOException {
    int c = new String(begun, 0, held, StandardCharsets.UTF_8).codePointAt(0);
    if (c < 0xa0) {
      show("\\x%02x", c);
    } else if (c == 0x2028
        || c == 0x2029
        || (c >= 0x202a && c <= 0x202e)
        || (c >= 0x2066 && c <= 0x2069)) {
      show("\\u%04x", c);
    } else {
      out.write(begun, 0, held);
    }
    held = 0;
  }

  private void show(String format, int c) throws IOException {
    out.write(format.formatted(c).getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public synchronized void close() throws IOException {
    out.write(begun, 0, held);
    held = 0;
    super.close();
  }
}
