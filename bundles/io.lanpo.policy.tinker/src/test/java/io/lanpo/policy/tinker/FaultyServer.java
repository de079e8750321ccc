package io.lanpo.policy.tinker;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.lanpo.libs.http.Answer;
import io.lanpo.policy.tinker.protocol.ProtobufBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server on loopback that answers at once, with numbers that mean nothing, and misbehaves as it
 * is told. It keeps the rule by which the real one knows a retry: a sequence number counts once.
 */
final class FaultyServer implements AutoCloseable {
  /** What to do instead of answering. */
  interface Fault {
    /**
     * Misbehaves, or does not.
     *
     * @param verb what is asked
     * @param time how often it has been asked before
     * @return whether the request is done with
     */
    boolean strike(HttpExchange exchange, String verb, int time) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch end = new CountDownLatch(1);
  private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
  private final Map<String, Byte> numbers = new ConcurrentHashMap<>();
  private final Map<String, byte[]> results = new ConcurrentHashMap<>();
  private final AtomicInteger operations = new AtomicInteger();
  private final AtomicInteger gradients = new AtomicInteger();
  private final List<String> headers = Collections.synchronizedList(new ArrayList<>());
  private volatile Fault fault = (exchange, verb, time) -> false;
  private volatile int surplusTokens;
  private volatile int surplusSamples;
  private volatile int scoredTokens = 5;

  FaultyServer() throws IOException {
    server = Loopback.server(threads, this::handle);
  }

  String url() {
    return Loopback.url(server);
  }

  void fault(Fault next) {
    fault = next;
  }

  /** Samples have this many tokens more than log-probabilities. */
  void surplusTokens(int count) {
    surplusTokens = count;
  }

  void surplusSamples(int count) {
    surplusSamples = count;
  }

  void scoredTokens(int count) {
    scoredTokens = count;
  }

  int asked(String verb) {
    AtomicInteger count = asked.get(verb);
    return count == null ? 0 : count.get();
  }

  /** Batches whose gradients were added up. */
  int gradients() {
    return gradients.get();
  }

  /** Every header that was sent. */
  List<String> headers() {
    return List.copyOf(headers);
  }

  /** Lets a request wait until the server is closed. */
  boolean hang() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return true;
  }

  static boolean status(HttpExchange exchange, int status, String body) throws IOException {
    send(exchange, status, Answer.JSON, body.getBytes(StandardCharsets.UTF_8));
    return true;
  }

  private void handle(HttpExchange exchange) throws IOException {
    String verb = exchange.getRequestURI().getPath().replace("/api/v1/", "");
    exchange.getRequestHeaders().forEach((name, value) -> headers.add(name + ": " + value));
    int time = asked.computeIfAbsent(verb, v -> new AtomicInteger()).getAndIncrement();
    byte[] body = exchange.getRequestBody().readAllBytes();
    String number = verb.equals("retrieve_future") || verb.equals("healthz") ? "" : act(verb, body);
    if (!fault.strike(exchange, verb, time)) {
      reply(exchange, verb, body, number);
    }
    exchange.close();
  }

  /** Does what is asked, before a fault may lose the answer. */
  private String act(String verb, byte[] body) {
    String number = Integer.toString(operations.incrementAndGet());
    if (verb.equals("forward_backward")) {
      if (numbers.putIfAbsent(Exchange.text("", body), (byte) 0) == null) {
        gradients.incrementAndGet();
      }
      results.put(number, scores());
    } else if (verb.equals("asample")) {
      results.put(number, samples(body));
    }
    return number;
  }

  private void reply(HttpExchange exchange, String verb, byte[] body, String number)
      throws IOException {
    if (!verb.equals("retrieve_future")) {
      String answer =
          ("{\"request_id\":\"%s\",\"session_id\":\"s\",\"model_id\":\"m\",\"status\":\"ok\","
                  + "\"supported_models\":[{\"model_name\":\"only\"}]}")
              .formatted(number);
      status(exchange, 200, answer);
      return;
    }
    String asked =
        JsonParser.parseString(new String(body, StandardCharsets.UTF_8))
            .getAsJsonObject()
            .get("request_id")
            .getAsString();
    byte[] result = results.remove(asked);
    if (result == null) {
      status(
          exchange,
          200,
          "{\"path\":\"tinker://m/weights/w\",\"sampling_session_id\":\"x\",\"metrics\":{\"grad_norm\":1}}");
    } else {
      results.put(asked, result);
      send(exchange, 200, "application/x-protobuf", result);
    }
  }

  private byte[] scores() {
    ProtobufBuilder data = new ProtobufBuilder().floats(1, scoredTokens, new float[0]);
    int bytes = scoredTokens * Float.BYTES;
    data.longs(2, new int[] {0, bytes}).number(3, 1);
    ProtobufBuilder field = new ProtobufBuilder().text(1, "logprobs").message(2, data);
    return new ProtobufBuilder().message(2, new ProtobufBuilder().message(2, field)).toBytes();
  }

  private byte[] samples(byte[] body) {
    JsonObject request =
        JsonParser.parseString(new String(body, StandardCharsets.UTF_8)).getAsJsonObject();
    int count = request.get("num_samples").getAsInt() + surplusSamples;
    JsonElement longest = request.getAsJsonObject("sampling_params").get("max_tokens");
    JsonArray chunks = request.getAsJsonObject("prompt").getAsJsonArray("chunks");
    int first = chunks.get(0).getAsJsonObject().getAsJsonArray("tokens").get(0).getAsInt();
    ProtobufBuilder answer = new ProtobufBuilder();
    for (int i = 0; i < count; i++) {
      int[] tokens = new int[longest.getAsInt()];
      Arrays.fill(tokens, first);
      answer.message(
          1,
          new ProtobufBuilder()
              .number(1, 1)
              .integers(2, tokens)
              .floats(3, tokens.length - surplusTokens, new float[0]));
    }
    return answer.toBytes();
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
