package io.lanpo.policy.tinker;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.lanpo.libs.http.Answer;
import io.lanpo.libs.http.MalformedAnswer;
import io.lanpo.policy.tinker.protocol.ProtobufBuilder;
import io.lanpo.policy.tinker.protocol.ProtobufMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * A server on loopback that answers at once with what was made beforehand and remembers nothing:
 * what time and memory a step takes here is the client's. All sequences have the same lengths.
 */
final class InstantServer implements AutoCloseable {
  private static final int PASS = 1;
  private static final int SAMPLE = 2;
  private static final int OTHER = 3;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final byte[] samples;
  private final int positions;
  private final Map<Integer, byte[]> passes = new ConcurrentHashMap<>();
  private final byte[] other =
      "{\"path\":\"tinker://m/weights/w\",\"sampling_session_id\":\"x\",\"metrics\":{\"grad_norm\":1}}"
          .getBytes(StandardCharsets.UTF_8);

  /**
   * @param group completions of a prompt
   * @param prompt tokens of a prompt
   * @param completion tokens of a completion
   */
  InstantServer(int group, int prompt, int completion) throws IOException {
    samples = samples(group, completion);
    positions = prompt + completion - 1;
    server = Loopback.server(threads, this::handle);
  }

  String url() {
    return Loopback.url(server);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String verb = exchange.getRequestURI().getPath().replace("/api/v1/", "");
    byte[] sent = exchange.getRequestBody().readAllBytes();
    if (verb.equals("retrieve_future")) {
      String body = new String(sent, StandardCharsets.UTF_8);
      int number = Integer.parseInt(body.replaceAll("\\D", ""));
      switch (number % 4) {
        case PASS ->
            send(
                exchange,
                "application/x-protobuf",
                passes.computeIfAbsent(number / 4, n -> pass(n, positions)));
        case SAMPLE -> send(exchange, "application/x-protobuf", samples);
        default -> send(exchange, Answer.JSON, other);
      }
    } else {
      int number =
          switch (verb) {
            case "forward_backward" -> 4 * sequences(sent) + PASS;
            case "asample" -> SAMPLE;
            default -> OTHER;
          };
      String answer =
          ("{\"request_id\":\"%d\",\"session_id\":\"s\",\"model_id\":\"m\","
                  + "\"supported_models\":[{\"model_name\":\"only\"}]}")
              .formatted(number);
      send(exchange, Answer.JSON, answer.getBytes(StandardCharsets.UTF_8));
    }
    exchange.close();
  }

  private static int sequences(byte[] body) throws MalformedAnswer {
    return ProtobufMessage.parse(ByteString.copyFrom(body)).messages(3).size();
  }

  private static byte[] samples(int group, int tokens) {
    ProtobufBuilder answer = new ProtobufBuilder();
    int[] written = new int[tokens];
    Arrays.fill(written, 7);
    float[] scores = new float[tokens];
    Arrays.fill(scores, -1);
    for (int i = 0; i < group; i++) {
      answer.message(
          1, new ProtobufBuilder().number(1, 1).integers(2, written).floats(3, 0, scores));
    }
    return answer.toBytes();
  }

  private static byte[] pass(int sequences, int positions) {
    int[] offsets = IntStream.rangeClosed(0, sequences).map(i -> i * positions * 4).toArray();
    float[] scores = new float[sequences * positions];
    Arrays.fill(scores, -1);
    ProtobufBuilder record = new ProtobufBuilder();
    for (String name : List.of("logprobs", "elementwise_loss")) {
      ProtobufBuilder data =
          new ProtobufBuilder().floats(1, 0, scores).longs(2, offsets).number(3, 1);
      record.message(2, new ProtobufBuilder().text(1, name).message(2, data));
    }
    return new ProtobufBuilder().message(2, record).toBytes();
  }

  private static void send(HttpExchange exchange, String type, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
