package io.lanpo.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;

/** An open {@code lanpo shell}: what is typed into it and what it says. */
final class LiveShell implements AutoCloseable {
  private final Process process;
  private final OutputStream keyboard;
  private final StringBuffer screen = new StringBuffer();
  private int read;

  /**
   * @param process whose standard input is open
   */
  LiveShell(Process process) {
    this.process = process;
    this.keyboard = process.getOutputStream();
    follow(process.getInputStream());
    follow(process.getErrorStream());
  }

  /** Types a line; what was said before counts as read. */
  void type(String line) throws IOException {
    synchronized (screen) {
      read = screen.length();
    }
    keyboard.write((line + "\n").getBytes(UTF_8));
    keyboard.flush();
  }

  /** Waits until something is said after the last line that was typed. */
  void await(String text) {
    Await.until(
        () -> "'" + text + "' was not said, but: " + since(),
        () -> since().contains(text) || ended(text));
  }

  private boolean ended(String text) {
    if (process.isAlive()) {
      return false;
    }
    throw new AssertionError("it has ended without '" + text + "', but with: " + since());
  }

  /** What was said since the last line was typed. */
  String since() {
    synchronized (screen) {
      return screen.substring(read);
    }
  }

  private void follow(InputStream stream) {
    Thread reader =
        new Thread(
            () -> {
              byte[] bytes = new byte[1024];
              try (stream) {
                for (int n = stream.read(bytes); n >= 0; n = stream.read(bytes)) {
                  synchronized (screen) {
                    screen.append(new String(bytes, 0, n, UTF_8));
                  }
                }
              } catch (IOException e) {
                screen.append(e);
              }
            });
    reader.setDaemon(true);
    reader.start();
  }

  /** Leaves the shell. */
  @Override
  public void close() throws IOException {
    keyboard.close();
    try {
      if (!process.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
