package io.lanpo.libs.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A server on loopback that gives its answers in turn, and the last of them again and again. */
final class ScriptedServer implements AutoCloseable {
  static final String PREFIX = "/v1/";

  /** Where the settings of a policy stand in a run. */
  private static final String POLICY = "policy.";

  /** Answers one request. */
  interface Step {
    void answer(HttpExchange exchange) throws IOException;
  }

  /** A request as it arrived. */
  record Asked(String path, String body, Map<String, List<String>> headers) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger next = new AtomicInteger();

  ScriptedServer(Step... steps) throws IOException {
    this(0, steps);
  }

  /**
   * @param port to listen on; 0 for any
   */
  ScriptedServer(int port, Step... steps) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          asked.add(
              new Asked(
                  exchange.getRequestURI().getPath(),
                  body,
                  Map.copyOf(exchange.getRequestHeaders())));
          try (exchange) {
            steps[Math.min(next.getAndIncrement(), steps.length - 1)].answer(exchange);
          }
        });
    server.start();
  }

  static Step status(int status, String body) {
    return exchange -> {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", Answer.JSON);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    };
  }

  static Step redirect(String location) {
    return exchange -> {
      exchange.getResponseHeaders().set("Location", location);
      exchange.sendResponseHeaders(302, -1);
    };
  }

  /** Breaks off in the middle of what was announced. */
  static Step half(String body) {
    return exchange -> {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, bytes.length * 2L);
      exchange.getResponseBody().write(bytes);
      exchange.getResponseBody().flush();
    };
  }

  /**
   * A body without an end.
   *
   * @param begun counted down when it has begun
   * @param gone counted down when nobody reads it any more
   */
  static Step endless(CountDownLatch begun, CountDownLatch gone) {
    return exchange -> {
      exchange.sendResponseHeaders(200, 0);
      try {
        OutputStream body = exchange.getResponseBody();
        while (!Thread.currentThread().isInterrupted()) {
          body.write(' ');
          body.flush();
          begun.countDown();
          // a pace, so that the reader is not drowned
          LockSupport.parkNanos(1_000_000);
        }
      } catch (IOException e) {
        gone.countDown();
      }
    };
  }

  /** Neither head nor body before the server closes. */
  static Step silent() {
    return exchange -> {
      while (!Thread.currentThread().isInterrupted()) {
        LockSupport.park();
      }
    };
  }

  int port() {
    return server.getAddress().getPort();
  }

  String url() {
    return "http://127.0.0.1:" + port();
  }

  List<Asked> asked() {
    return List.copyOf(asked);
  }

  /** A transport to this server with the settings' defaults, but for some. */
  Transport transport(String... keysAndValues) {
    return transport(settings(url(), keysAndValues));
  }

  static Transport transport(Settings settings) {
    return new Transport(settings, PREFIX, variable -> null);
  }

  static Settings settings(String url, String... keysAndValues) {
    Map<String, String> given = new HashMap<>(Map.of(POLICY + HttpSettings.URL.key(), url));
    for (int i = 0; i < keysAndValues.length; i += 2) {
      given.put(POLICY + keysAndValues[i], keysAndValues[i + 1]);
    }
    List<Setting<?>> known = new ArrayList<>();
    HttpSettings.with("A_KEY", HttpSettings.X_API_KEY, 120, List.of())
        .forEach(setting -> known.add(setting.prefixed(POLICY)));
    return Settings.of("x.cfg", known, given).under(POLICY);
  }

  @Override
  public void close() {
    threads.shutdownNow();
    server.stop(0);
  }
}
