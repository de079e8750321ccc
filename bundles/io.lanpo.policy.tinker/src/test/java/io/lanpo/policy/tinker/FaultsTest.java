package io.lanpo.policy.tinker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.AdamW;
import io.lanpo.api.policy.Completion;
import io.lanpo.api.policy.GenerationRequest;
import io.lanpo.api.policy.Loss;
import io.lanpo.api.policy.LossTerm;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.Sampling;
import io.lanpo.api.policy.Sequence;
import io.lanpo.api.policy.TrainingExample;
import io.lanpo.policy.tinker.protocol.ProtobufBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong between us and a server, injected on loopback. */
@Timeout(300)
final class FaultsTest {
  private static final Path MODEL = Path.of("../../integration-tests/peers/fixtures/llama");
  private static final AdamW OPTIMIZER = new AdamW(0.01, 0.9, 0.999, 1e-8, 0, 1);
  private static final Sequence SEQUENCE = new Sequence(new int[] {5, 6, 7}, new int[] {8, 9, 10});

  private FaultyServer server;

  @BeforeEach
  void start() throws IOException {
    server = new FaultyServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Policy open(Map<String, String> more) {
    Map<String, String> settings = new TreeMap<>(Map.of("url", server.url(), "retries", "2"));
    settings.putAll(more);
    return Scenario.backend().open(MODEL, Scenario.settings(settings));
  }

  private static List<GenerationRequest> requests(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new GenerationRequest(new int[] {i % 90, 4}, 2, Sampling.at(1, 3), i))
        .toList();
  }

  private static List<LossTerm> supervised() {
    return List.of(
        new LossTerm(
            "sft",
            new Loss.CrossEntropy(),
            List.of(TrainingExample.supervised(SEQUENCE, new float[] {1 / 3f, 1 / 3f, 1 / 3f}))));
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504, 429, 408, 425})
  void whatPassesIsAskedAgain(int status) {
    try (Policy policy = open(Map.of())) {
      server.fault(
          (exchange, verb, time) ->
              verb.equals("asample") && time == 0 && FaultyServer.status(exchange, status, "{}"));
      assertEquals(2, policy.generate(requests(1)).get(0).size());
      assertEquals(2, server.asked("asample"));
    }
  }

  @Test
  void whatDoesNotPassIsToldWithTheServersWords() {
    try (Policy policy = open(Map.of())) {
      server.fault(
          (exchange, verb, time) ->
              verb.equals("asample")
                  && FaultyServer.status(exchange, 500, "{\"detail\":\"out of memory\"}"));
      UserException e = assertThrows(UserException.class, () -> policy.generate(requests(1)));
      assertTrue(
          e.getMessage().contains("asample after 3 tries: status 500: out of memory"),
          e.getMessage());
      assertTrue(e.nextStep().contains("lanpo resume"));
    }
  }

  @Test
  void aRefusalIsNotAskedAgain() {
    try (Policy policy = open(Map.of())) {
      server.fault(
          (exchange, verb, time) ->
              verb.equals("forward_backward")
                  && FaultyServer.status(
                      exchange, 422, "{\"detail\":[{\"msg\":\"loss_fn cispo is unknown\"}]}"));
      UserException e =
          assertThrows(UserException.class, () -> policy.update(supervised(), OPTIMIZER));
      assertTrue(e.getMessage().contains("cispo is unknown"), e.getMessage());
      assertEquals(1, server.asked("forward_backward"));
    }
  }

  /** A server that takes the batch and fails at it names the loss that it lacks. */
  @Test
  void anObjectiveThatTheServerLacksIsRefusedByName() {
    try (Policy policy = open(Map.of("objective", "cispo"))) {
      server.fault(
          (exchange, verb, time) ->
              verb.equals("retrieve_future")
                  && server.asked("forward_backward") > 0
                  && FaultyServer.status(exchange, 400, "{\"detail\":\"not supported\"}"));
      LossTerm term =
          new LossTerm(
              "policy-gradient",
              new Loss.ClippedSurrogate(0.2, 0.2, 0, 1),
              List.of(
                  new TrainingExample(
                      SEQUENCE,
                      new float[] {1, 1, 1},
                      new float[] {1, 1, 1},
                      new float[] {-1, -1, -1},
                      new float[0])));
      UserException e =
          assertThrows(UserException.class, () -> policy.update(List.of(term), OPTIMIZER));
      assertTrue(e.getMessage().contains("with the loss cispo"), e.getMessage());
      assertTrue(e.getMessage().contains("not supported"), e.getMessage());
    }
  }

  @Test
  @Tag("full")
  void aServerThatHangsIsGivenUp() {
    try (Policy policy = open(Map.of("retries", "1", "request-timeout", "10"))) {
      server.fault((exchange, verb, time) -> !verb.equals("unload_model") && server.hang());
      UserException e = assertThrows(UserException.class, () -> policy.generate(requests(1)));
      assertTrue(e.getMessage().contains("does not answer"), e.getMessage());
    }
  }

  @Test
  @Tag("full")
  void aServerThatHangsWithinAnAnswerIsGivenUp() {
    try (Policy policy = open(Map.of("retries", "0", "request-timeout", "5"))) {
      server.fault(
          (exchange, verb, time) -> {
            if (!verb.equals("asample")) {
              return false;
            }
            exchange.sendResponseHeaders(200, 100);
            OutputStream body = exchange.getResponseBody();
            body.write("{\"request".getBytes(StandardCharsets.UTF_8));
            body.flush();
            return server.hang();
          });
      assertThrows(UserException.class, () -> policy.generate(requests(1)));
    }
  }

  /** Held requests that time out are asked again, as long as the server is alive. */
  @Test
  @Tag("full")
  void aFutureThatNeverEndsEndsWithTheTimeOut() {
    try (Policy policy = open(Map.of("request-timeout", "10", "timeout", "30"))) {
      server.fault(
          (exchange, verb, time) ->
              verb.equals("retrieve_future") && server.asked("asample") > 0 && server.hang());
      UserException e = assertThrows(UserException.class, () -> policy.generate(requests(1)));
      assertTrue(
          e.getMessage().contains("has no result of asample within timeout = 30 s"),
          e.getMessage());
      assertTrue(server.asked("healthz") >= 2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"408", "try_again"})
  void aFutureMayTakeSeveralRequests(String form) {
    try (Policy policy = open(Map.of())) {
      AtomicInteger early = new AtomicInteger();
      server.fault(
          (exchange, verb, time) ->
              verb.equals("retrieve_future")
                  && early.incrementAndGet() < 5
                  && FaultyServer.status(
                      exchange, form.equals("408") ? 408 : 200, "{\"type\":\"try_again\"}"));
      assertEquals(2, policy.generate(requests(1)).get(0).size());
    }
  }

  @Test
  void anAnswerThatIsCutOffIsAskedAgain() {
    try (Policy policy = open(Map.of())) {
      server.fault(
          (exchange, verb, time) ->
              verb.equals("asample")
                  && time == 0
                  && FaultyServer.status(exchange, 200, "{\"request_id\": \"1"));
      assertEquals(2, policy.generate(requests(1)).get(0).size());
      server.fault(
          (exchange, verb, time) ->
              verb.equals("asample") && FaultyServer.status(exchange, 200, "{\"request_id\": \"1"));
      UserException e = assertThrows(UserException.class, () -> policy.generate(requests(1)));
      assertTrue(e.getMessage().contains("not JSON, or is cut off"), e.getMessage());
    }
  }

  @Test
  void aResultThatIsCutOffIsRefused() {
    try (Policy policy = open(Map.of())) {
      server.fault(
          (exchange, verb, time) -> {
            if (!verb.equals("retrieve_future") || server.asked("asample") == 0) {
              return false;
            }
            byte[] body =
                new ProtobufBuilder().bytes(1, ByteString.copyFrom(new byte[50])).toBytes();
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, 20);
            exchange.getResponseBody().write(body, 0, 20);
            return true;
          });
      UserException e = assertThrows(UserException.class, () -> policy.generate(requests(1)));
      assertTrue(e.getMessage().contains("cut off"), e.getMessage());
    }
  }

  /** The server has the batch, its answer is lost: the retry must not count twice. */
  @Test
  void aLostAnswerDoesNotDoubleAGradient() {
    try (Policy policy = open(Map.of())) {
      server.fault(
          (exchange, verb, time) -> {
            if (verb.equals("forward_backward") && time == 0) {
              exchange.close(); // the connection breaks without an answer
              return true;
            }
            return false;
          });
      policy.update(supervised(), OPTIMIZER);
      assertEquals(2, server.asked("forward_backward"));
      assertEquals(1, server.gradients());
      assertEquals(1, policy.version());
    }
  }

  /** A server of before protobuf does not know a retry by its number. */
  @Test
  void whereNumbersMeanNothingALostAnswerCostsTheStep() {
    try (Policy policy = open(Map.of("wire", "json"))) {
      server.fault((exchange, verb, time) -> verb.equals("forward_backward") && broken(exchange));
      assertThrows(UserException.class, () -> policy.update(supervised(), OPTIMIZER));
      assertEquals(1, server.asked("forward_backward"));
    }
  }

  /** Some gradients may be on the server: nothing more is learned in that model. */
  @Test
  void aServerThatDiesInAStepCostsTheStepAndThePolicyIsNotUsedOn() {
    try (Policy policy = open(Map.of())) {
      policy.update(supervised(), OPTIMIZER);
      server.fault((exchange, verb, time) -> verb.equals("optim_step") && broken(exchange));
      UserException e =
          assertThrows(UserException.class, () -> policy.update(supervised(), OPTIMIZER));
      assertTrue(e.getMessage().contains("optim_step"), e.getMessage());
      assertEquals(1, policy.version());
      server.fault((exchange, verb, time) -> false);
      UserException after =
          assertThrows(UserException.class, () -> policy.update(supervised(), OPTIMIZER));
      assertTrue(after.nextStep().contains("last checkpoint"));
    }
  }

  private static boolean broken(HttpExchange exchange) {
    exchange.close();
    return true;
  }

  @Test
  void aServerThatIsNotThereIsNamed() {
    String url = server.url();
    server.close();
    UserException e = assertThrows(UserException.class, () -> open(Map.of("url", url)));
    assertTrue(e.getMessage().contains(url), e.getMessage());
  }

  @Test
  void wrongCountsOfTokensAreRefused() {
    try (Policy policy = open(Map.of())) {
      server.surplusTokens(1);
      UserException tokens = assertThrows(UserException.class, () -> policy.generate(requests(1)));
      assertTrue(
          tokens.getMessage().contains("3 tokens with 2 log-probabilities"), tokens.getMessage());
      server.surplusTokens(0);
      server.surplusSamples(1);
      UserException samples = assertThrows(UserException.class, () -> policy.generate(requests(1)));
      assertTrue(samples.getMessage().contains("3 completions where 2"), samples.getMessage());
      server.surplusSamples(-1);
      assertThrows(UserException.class, () -> policy.generate(requests(1)));
      server.scoredTokens(4);
      UserException scores =
          assertThrows(UserException.class, () -> policy.logProbs(List.of(SEQUENCE), 1));
      assertTrue(scores.getMessage().contains("4 tokens where 5 were sent"), scores.getMessage());
    }
  }

  /** The order is that of the requests, and as many as the limit are under way. */
  @Test
  void manyRequestsAreUnderWayButNotTooMany() {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch eight = new CountDownLatch(8);
    try (Policy policy = open(Map.of("in-flight", "8"))) {
      server.fault(
          (exchange, verb, time) -> {
            if (verb.equals("asample")) {
              most.accumulateAndGet(now.incrementAndGet(), Math::max);
              await(eight);
              now.decrementAndGet();
            }
            return false;
          });
      List<List<Completion>> answers = policy.generate(requests(64));
      for (int i = 0; i < answers.size(); i++) {
        assertEquals(i % 90, answers.get(i).get(0).tokens()[0]);
      }
    }
    assertEquals(8, most.get());
  }

  private static void await(CountDownLatch latch) {
    latch.countDown();
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void theServerIsToldThatTheRunLivesUntilItIsClosed() throws InterruptedException {
    Set<Thread> before = hearts();
    try (Policy policy = open(Map.of("heartbeat", "1"))) {
      while (server.asked("session_heartbeat") < 2) {
        Thread.sleep(20);
      }
      assertEquals(0, policy.version());
    }
    // nobody is there any more who would tell it
    while (!hearts().equals(before)) {
      Thread.sleep(20);
    }
  }

  private static Set<Thread> hearts() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("tinker-heartbeat"))
        .collect(Collectors.toSet());
  }
}
