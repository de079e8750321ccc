package io.lanpo.policy.tinker;

import io.lanpo.api.component.Settings;
import io.lanpo.libs.http.ApiKey;
import io.lanpo.libs.http.Endpoint;
import io.lanpo.libs.http.HttpSettings;
import io.lanpo.libs.http.InFlight;
import io.lanpo.libs.http.Transport;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A session with a server, and the threads that belong to it. */
final class Connection implements AutoCloseable {
  private final Transport transport;
  private final TinkerServer server;
  private final InFlight inFlight;
  private final String session;
  private final Heartbeat heartbeat;

  private Connection(
      Transport transport, TinkerServer server, InFlight inFlight, String session, int heartbeat) {
    this.transport = transport;
    this.server = server;
    this.inFlight = inFlight;
    this.session = session;
    this.heartbeat = new Heartbeat(server, session, heartbeat);
  }

  /**
   * Begins a session.
   *
   * @param environment the value of a variable, or null
   */
  static Connection open(Settings settings, UnaryOperator<@Nullable String> environment) {
    Transport transport =
        new Transport(
            Endpoint.of(settings, "/api/v1/"),
            ApiKey.of(settings, environment),
            settings.integer(HttpSettings.RETRIES),
            Duration.ofSeconds(settings.integer(HttpSettings.REQUEST_TIMEOUT)));
    boolean opened = false;
    try {
      Futures futures =
          new Futures(transport, Duration.ofSeconds(settings.integer(TinkerSettings.TIMEOUT)));
      Wire wire = settings.choice(TinkerSettings.WIRE, Wire.class);
      TinkerServer server = new TinkerServer(transport, futures, wire.bodies());
      Connection connection =
          new Connection(
              transport,
              server,
              new InFlight(settings.integer(HttpSettings.IN_FLIGHT)),
              server.createSession(),
              settings.integer(TinkerSettings.HEARTBEAT));
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

  InFlight inFlight() {
    return inFlight;
  }

  String session() {
    return session;
  }

  @Override
  public void close() {
    heartbeat.close();
    inFlight.close();
    transport.close();
  }
}
