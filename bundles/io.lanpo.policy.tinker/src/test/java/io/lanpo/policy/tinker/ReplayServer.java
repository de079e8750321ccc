package io.lanpo.policy.tinker;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Plays the server's part of a recorded conversation, and notes where the client leaves it. */
final class ReplayServer implements AutoCloseable {
  private final HttpServer server;
  private final Deque<Exchange> rest = new ArrayDeque<>();
  private final List<String> differences = Collections.synchronizedList(new ArrayList<>());

  ReplayServer(Path recording) throws IOException {
    Files.readAllLines(recording).forEach(line -> rest.add(Exchange.parse(line)));
    server = Loopback.server(Runnable::run, this::answer);
  }

  String url() {
    return Loopback.url(server);
  }

  /** Where the client said something else than in the recording. */
  List<String> differences() {
    return List.copyOf(differences);
  }

  /** How many exchanges of the recording have not taken place. */
  int left() {
    return rest.size();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String type =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type")).orElse("");
    String sent = Exchange.text(type, exchange.getRequestBody().readAllBytes());
    String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
    Exchange expected = rest.poll();
    if (expected == null
        || !expected.request().equals(request)
        || !expected.requestType().equals(type)
        || !expected.sent().equals(sent)) {
      differences.add("%s %s%n instead of %s".formatted(request, sent, expected));
      byte[] what = "not in the recording".getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(400, what.length);
      exchange.getResponseBody().write(what);
    } else {
      byte[] body = expected.answer();
      exchange.getResponseHeaders().set("Content-Type", expected.answerType());
      exchange.sendResponseHeaders(expected.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
