package io.lanpo.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.lanpo.api.policy.Completion;
import io.lanpo.api.policy.GenerationRequest;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.Sampling;
import io.lanpo.api.task.Prompt;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A server on loopback in the form of vLLM, as far as the platform asks it. A real policy writes
 * its answers.
 */
final class TextServer implements AutoCloseable {
  static final String MODEL = "tutor";

  private final Policy policy;
  private final HttpServer server;
  private final List<Answer> answers = new ArrayList<>();
  private int prompts;
  private long tokens;

  /**
   * A completion that was asked for.
   *
   * @param prompt tokens of its prompt
   * @param text what was written
   * @param finished whether it came to its end
   */
  record Answer(List<Integer> prompt, String text, boolean finished) {}

  /**
   * @param policy answers; closed with the server
   */
  TextServer(Policy policy) throws IOException {
    this.policy = policy;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/models",
        exchange -> send(exchange, "{\"data\": [{\"id\": \"%s\"}]}".formatted(MODEL)));
    server.createContext("/v1/completions", exchange -> send(exchange, answer(exchange)));
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Prompts that were to be completed so far. */
  synchronized int prompts() {
    return prompts;
  }

  /** Tokens that were written so far. */
  synchronized long tokens() {
    return tokens;
  }

  /** What was written so far, in the order of the requests. */
  synchronized List<Answer> answers() {
    return List.copyOf(answers);
  }

  /** A prompt as it is to arrive here. */
  List<Integer> tokens(Prompt prompt) {
    return IntStream.of(policy.tokenizer().encode(prompt)).boxed().toList();
  }

  private synchronized String answer(HttpExchange exchange) throws IOException {
    JsonObject asked =
        JsonParser.parseString(new String(exchange.getRequestBody().readAllBytes(), UTF_8))
            .getAsJsonObject();
    int[] prompt =
        asked.getAsJsonArray("prompt").asList().stream().mapToInt(JsonElement::getAsInt).toArray();
    Sampling how =
        Sampling.at(asked.get("temperature").getAsDouble(), asked.get("max_tokens").getAsInt());
    GenerationRequest request =
        new GenerationRequest(
            prompt, asked.get("n").getAsInt(), how, asked.get("seed").getAsLong());
    JsonArray choices = new JsonArray();
    for (Completion completion : policy.generate(List.of(request)).get(0)) {
      choices.add(choice(request, completion));
    }
    prompts++;
    JsonObject answer = new JsonObject();
    answer.add("choices", choices);
    return answer.toString();
  }

  private JsonObject choice(GenerationRequest request, Completion completion) {
    String text = policy.tokenizer().decode(completion.tokens());
    List<Integer> prompt = IntStream.of(request.prompt()).boxed().toList();
    answers.add(new Answer(prompt, text, completion.finished()));
    tokens += completion.tokens().length;
    JsonArray ids = new JsonArray();
    JsonArray logProbs = new JsonArray();
    for (int i = 0; i < completion.tokens().length; i++) {
      ids.add(completion.tokens()[i]);
      logProbs.add(completion.logProbs()[i]);
    }
    JsonObject scores = new JsonObject();
    scores.add("token_logprobs", logProbs);
    JsonObject choice = new JsonObject();
    choice.addProperty("text", text);
    choice.addProperty("finish_reason", completion.finished() ? "stop" : "length");
    choice.add("token_ids", ids);
    choice.add("logprobs", scores);
    return choice;
  }

  private static void send(HttpExchange exchange, String answer) throws IOException {
    byte[] bytes = answer.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    policy.close();
  }
}
