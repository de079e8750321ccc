package io.lanpo.policy.openai;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.AdamW;
import io.lanpo.api.policy.Completion;
import io.lanpo.api.policy.GenerationRequest;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.Sampling;
import io.lanpo.api.policy.Sequence;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers in the forms of vLLM and of a plain endpoint, from a server on loopback. */
final class OpenAiPolicyTest {
  private static final String KEY = "sk-very-secret-0123456789";
  private static final Path FOLDER = Path.of(".");
  private static final String VLLM =
      """
      {"choices": [
        {"text": "8 9", "finish_reason": "stop", "token_ids": [8, 9, 2],
         "logprobs": {"token_logprobs": [-0.5, -1.5, -0.25]}},
        {"text": "7 7", "finish_reason": "length", "token_ids": [7, 7],
         "logprobs": {"token_logprobs": [-1.0, null]}}]}
      """;

  private final Deque<String> answers = new ArrayDeque<>();
  private final List<JsonObject> asked = Collections.synchronizedList(new ArrayList<>());
  private final List<String> keys = Collections.synchronizedList(new ArrayList<>());
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/completions", this::complete);
    server.createContext(
        "/v1/models", exchange -> send(exchange, 200, "{\"data\": [{\"id\": \"qwen\"}]}"));
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void complete(HttpExchange exchange) throws IOException {
    keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    asked.add(JsonParser.parseString(body).getAsJsonObject());
    String answer = answers.remove();
    send(exchange, answer.startsWith("{") ? 200 : 500, answer);
  }

  private static void send(HttpExchange exchange, int status, String answer) throws IOException {
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private Policy open(Map<String, String> more) {
    OpenAiPolicyBackend backend = new OpenAiPolicyBackend(NumberTokens.service(96), name -> KEY);
    Map<String, String> values = new TreeMap<>(more);
    values.put("url", "http://127.0.0.1:" + server.getAddress().getPort());
    return backend.open(FOLDER, Settings.of("test", backend.settings(), values));
  }

  private static List<GenerationRequest> request(int count, Sampling sampling) {
    return List.of(new GenerationRequest(new int[] {5, 6}, count, sampling, 1L << 33 | 7));
  }

  @Test
  void tokensGoThereAndComeBack() {
    answers.add(VLLM);
    try (Policy policy = open(Map.of())) {
      Sampling sampling = new Sampling(0.7, 20, 0.9, 0.05, 3, List.of("9"));
      List<Completion> completions = policy.generate(request(2, sampling)).get(0);
      assertArrayEquals(new int[] {8, 9, 2}, completions.get(0).tokens());
      assertArrayEquals(new float[] {-0.5f, -1.5f, -0.25f}, completions.get(0).logProbs());
      assertTrue(completions.get(0).finished());
      assertFalse(completions.get(1).finished());
      assertTrue(Float.isNaN(completions.get(1).logProbs()[1]));
    }
    assertEquals(
        JsonParser.parseString(
            "{'model':'qwen','prompt':[5,6],'n':2,'max_tokens':3,'temperature':0.7,'top_p':0.9,'seed':7,"
                + "'logprobs':0,'stop':['9'],'return_token_ids':true,'include_stop_str_in_output':true,"
                + "'top_k':20,'min_p':0.05}"),
        asked.get(0));
    assertEquals("Bearer " + KEY, keys.get(0));
  }

  @Test
  void textBecomesTokensWhereThereIsNothingElse() {
    answers.add(
        "{\"choices\": [{\"text\": \"8 9\", \"finish_reason\": \"stop\", \"logprobs\": null}]}");
    try (Policy policy = open(Map.of("extensions", "false"))) {
      Completion completion = policy.generate(request(1, Sampling.at(1, 3))).get(0).get(0);
      assertArrayEquals(new int[] {8, 9, NumberTokens.END}, completion.tokens());
      assertTrue(Float.isNaN(completion.logProbs()[0]));
      UserException e =
          assertThrows(
              UserException.class,
              () -> policy.generate(request(1, new Sampling(1, 3, 1, 0, 3, List.of()))));
      assertTrue(e.getMessage().contains("top-k = 3"), e.getMessage());
    }
    assertFalse(asked.get(0).has("return_token_ids"));
  }

  @Test
  void greedyCompletionsAreWrittenOnce() {
    answers.add(
        "{\"choices\": [{\"text\": \"8\", \"finish_reason\": \"stop\", \"token_ids\": [8, 2]}]}");
    try (Policy policy = open(Map.of())) {
      assertEquals(4, policy.generate(request(4, Sampling.at(0, 3))).get(0).size());
    }
    assertEquals(1, asked.get(0).get("n").getAsInt());
  }

  @Test
  void whatIsWrongIsAskedAgainAndThenTold() {
    answers.add("broken");
    answers.add("{\"choices\": []}");
    answers.add(VLLM);
    try (Policy policy = open(Map.of("retries", "2"))) {
      assertEquals(2, policy.generate(request(2, Sampling.at(1, 3))).get(0).size());
      answers.addAll(List.of(KEY, KEY, KEY));
      UserException e =
          assertThrows(UserException.class, () -> policy.generate(request(2, Sampling.at(1, 3))));
      assertTrue(e.getMessage().contains("status 500: ***"), e.getMessage());
    }
  }

  @Test
  void itDoesNotLearn() {
    AdamW optimizer = new AdamW(1, 0, 0, 1, 0, 1);
    Sequence sequence = new Sequence(new int[] {1}, new int[] {2});
    try (Policy policy = open(Map.of())) {
      policy.resetOptimizer();
      assertEquals(0, policy.version());
      for (UserException e :
          List.of(
              assertThrows(UserException.class, () -> policy.update(List.of(), optimizer)),
              assertThrows(UserException.class, () -> policy.logProbs(List.of(sequence), 1)),
              assertThrows(UserException.class, () -> policy.save(FOLDER)))) {
        assertTrue(e.getMessage().startsWith("policy = openai samples text"), e.getMessage());
      }
    }
  }

  @Test
  void theServerMustHaveTheModelAndTheContext() {
    UserException e = assertThrows(UserException.class, () -> open(Map.of("served-model", "qven")));
    assertEquals("Did you mean qwen?", e.nextStep());
    try (Policy policy = open(Map.of("context", "4"))) {
      assertThrows(UserException.class, () -> policy.generate(request(1, Sampling.at(1, 3))));
    }
  }
}
