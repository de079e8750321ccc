package io.lanpo.policy.tinker;

import io.lanpo.api.component.Settings;
import io.lanpo.libs.http.HttpSettings;
import io.lanpo.libs.http.InFlight;
import io.lanpo.libs.http.Transport;
import io.lanpo.policy.tinker.protocol.Futures;
import io.lanpo.policy.tinker.protocol.TinkerServer;
import io.lanpo.policy.tinker.protocol.WireFormat;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A session with a server, and the threads that belong to it. */
final class Connection implements AutoCloseable {
  /** Parts of a batch whose results are waited for at once: a few, the server works them off. */
  private static final int PARTS = 16;

  private final Transport transport;
  private final TinkerServer server;
  private final InFlight sampling;
  private final InFlight learning;
  private final String session;
  private final Heartbeat heartbeat;

  private Connection(
      Transport transport, TinkerServer server, int inFlight, String session, int heartbeat) {
    this.transport = transport;
    this.server = server;
    this.sampling = new InFlight(inFlight);
    this.learning = new InFlight(Math.min(inFlight, PARTS));
    this.session = session;
    this.heartbeat = new Heartbeat(server, session, heartbeat);
  }

  /**
   * Begins a session.
   *
   * @param environment the value of a variable, or null
   */
  static Connection open(Settings settings, UnaryOperator<@Nullable String> environment) {
    Transport transport = new Transport(settings, "/api/v1/", environment);
    boolean opened = false;
    try {
      Futures futures =
          new Futures(
              transport,
              Duration.ofSeconds(settings.get(TinkerSettings.TIMEOUT)),
              settings.key(TinkerSettings.TIMEOUT));
      WireFormat wire = settings.get(TinkerSettings.WIRE);
      TinkerServer server = new TinkerServer(transport, futures, wire.bodies());
      Connection connection =
          new Connection(
              transport,
              server,
              settings.get(HttpSettings.IN_FLIGHT),
              server.createSession(),
              settings.get(TinkerSettings.HEARTBEAT));
      opened = true;
      return connection;
    } finally {
      if (!opened) {
        transport.close();
      }
    }
  }

  TinkerServer server() {
    return server;
  }

  InFlight sampling() {
    return sampling;
  }

  /** Threads of their own, so that an update does not queue behind what is being sampled. */
  InFlight learning() {
    return learning;
  }

  String session() {
    return session;
  }

  @Override
  public void close() {
    heartbeat.close();
    sampling.close();
    learning.close();
    transport.close();
  }
}
