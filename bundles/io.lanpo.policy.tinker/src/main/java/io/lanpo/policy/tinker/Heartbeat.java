package io.lanpo.policy.tinker;

import io.lanpo.api.component.UserException;
import io.lanpo.libs.threads.DaemonThreads;
import io.lanpo.policy.tinker.protocol.TinkerServer;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the server a sign of life now and then; it unloads the models of dead sessions. */
final class Heartbeat implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

  private final ScheduledExecutorService thread;

  Heartbeat(TinkerServer server, String session, int seconds) {
    thread = Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("tinker-heartbeat"));
    thread.scheduleWithFixedDelay(() -> beat(server, session), seconds, seconds, TimeUnit.SECONDS);
  }

  /**
   * A missed one is not worth failing a step: the next request shows whether the server is gone.
   */
  private static void beat(TinkerServer server, String session) {
    try {
      server.heartbeat(session);
    } catch (UserException e) {
      LOG.debug("no heartbeat: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
