package io.lanpo.dashboard.web;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends an answer as fast as it is taken, and without a thread while it is not: as many readers
 * that do not read as there are threads would otherwise keep the page from everybody else.
 */
final class Answer implements WriteListener {
  private static final Logger LOG = LoggerFactory.getLogger(Answer.class);
  private static final int PIECE = 1 << 14;

  /** An answer that is not taken by then is given up. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final AsyncContext request;
  private final ServletOutputStream out;
  private final byte[] bytes;
  private int sent;

  private Answer(AsyncContext request, ServletOutputStream out, byte[] bytes) {
    this.request = request;
    this.out = out;
    this.bytes = bytes;
  }

  static void send(AsyncContext request, ServletOutputStream out, byte[] bytes) {
    request.setTimeout(PATIENCE.toMillis());
    out.setWriteListener(new Answer(request, out, bytes));
  }

  @Override
  public void onWritePossible() throws IOException {
    while (out.isReady()) {
      if (sent == bytes.length) {
        request.complete();
        return;
      }
      int length = Math.min(PIECE, bytes.length - sent);
      out.write(bytes, sent, length);
      sent += length;
    }
  }

  @Override
  public void onError(Throwable failure) {
    // the browser closed the connection before the whole answer was sent
    LOG.debug("an answer was not taken", failure);
    request.complete();
  }
}
