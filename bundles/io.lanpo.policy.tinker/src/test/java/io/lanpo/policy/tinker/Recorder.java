package io.lanpo.policy.tinker;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;

/**
 * Records the conversation of {@link Scenario} with a real server: stands between the two, passes
 * everything on and writes it down.
 *
 * <pre>
 * Recorder http://127.0.0.1:PORT FOLDER-OF-THE-MODEL FILE
 * </pre>
 */
final class Recorder {
  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String target;

  private Recorder(String target) {
    this.target = target;
  }

  /** Records. */
  public static void main(String[] arguments) throws IOException {
    Recorder recorder = new Recorder(arguments[0]);
    HttpServer proxy = Loopback.server(Executors.newCachedThreadPool(), recorder::pass);
    String url = Loopback.url(proxy);
    Path work = Files.createTempDirectory("scenario");
    try {
      Scenario.run(Scenario.settings(Map.of("url", url)), Path.of(arguments[1]), work);
      Files.write(Path.of(arguments[2]), recorder.lines);
    } finally {
      proxy.stop(0);
    }
    System.exit(0);
  }

  private void pass(HttpExchange exchange) throws IOException {
    byte[] sent = exchange.getRequestBody().readAllBytes();
    String type =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type")).orElse("");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(target + exchange.getRequestURI()))
            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(sent));
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    try {
      HttpResponse<byte[]> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      String answerType = answer.headers().firstValue("Content-Type").orElse("");
      String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
      lines.add(
          Exchange.of(line, type, sent, answer.statusCode(), answerType, answer.body()).line());
      exchange.getResponseHeaders().set("Content-Type", answerType);
      exchange.sendResponseHeaders(
          answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
      exchange.getResponseBody().write(answer.body());
    } catch (InterruptedException e) {
      throw new UncheckedIOException(new IOException(e));
    } finally {
      exchange.close();
    }
  }
}
