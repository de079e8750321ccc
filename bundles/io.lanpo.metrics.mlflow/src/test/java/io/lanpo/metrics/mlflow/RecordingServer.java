package io.lanpo.metrics.mlflow;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Writes down what it is asked, and answers as the tracking server of MLflow 3.17 was seen to do;
 * {@code MlflowIT} asks the real one.
 */
final class RecordingServer implements AutoCloseable {
  /**
   * A request.
   *
   * @param verb without the prefix of the API
   * @param authorization the header; empty without one
   * @param taken whether it got a good answer, an object
   */
  record Asked(String verb, JsonObject body, String authorization, boolean taken) {}

  private final HttpServer server;
  private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, String> answers =
      new ConcurrentHashMap<>(
          Map.of(
              "experiments/create", "200 {\"experiment_id\": \"1\"}",
              "runs/create", "200 {\"run\": {\"info\": {\"run_id\": \"abc\"}}}",
              "runs/search", "200 {}",
              "runs/log-batch", "200 {}",
              "runs/update", "200 {\"run_info\": {}}"));

  RecordingServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/api/2.0/mlflow/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Answers a verb with a status and a body. */
  void answers(String verb, String statusAndBody) {
    answers.put(verb, statusAndBody);
  }

  /** The requests of a verb, in order. */
  List<Asked> asked(String verb) {
    return List.copyOf(asked).stream().filter(a -> a.verb().equals(verb)).toList();
  }

  /** The requests of a verb that it has taken, with a good answer. */
  List<JsonObject> taken(String verb) {
    return asked(verb).stream().filter(Asked::taken).map(Asked::body).toList();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String verb = exchange.getRequestURI().getPath().replaceFirst("^/api/2.0/mlflow/", "");
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String key = exchange.getRequestHeaders().getFirst("Authorization");
      String[] answer = answers.getOrDefault(verb, "404 {}").split(" ", 2);
      asked.add(
          new Asked(
              verb,
              body.isEmpty() ? new JsonObject() : JsonParser.parseString(body).getAsJsonObject(),
              key == null ? "" : key,
              answer[0].equals("200") && answer[1].startsWith("{")));
      byte[] bytes = answer[1].getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(Integer.parseInt(answer[0]), bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
