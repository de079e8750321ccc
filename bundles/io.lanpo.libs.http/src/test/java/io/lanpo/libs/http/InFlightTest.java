package io.lanpo.libs.http;

import static io.lanpo.libs.http.ScriptedServer.status;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class InFlightTest {
  private static final int LIMIT = 3;

  @Test
  void asManyRequestsAsAllowedAreUnderWayAndTheAnswersAreInOrder() throws IOException {
    CountDownLatch full = new CountDownLatch(LIMIT);
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    ScriptedServer.Step step =
        exchange -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          full.countDown();
          await(full);
          // before the answer, since the next request may come right after it
          now.decrementAndGet();
          status(200, "{\"path\": \"" + exchange.getRequestURI().getPath() + "\"}")
              .answer(exchange);
        };
    try (ScriptedServer server = new ScriptedServer(step);
        Transport transport = server.transport();
        InFlight inFlight = new InFlight(LIMIT)) {
      List<String> verbs = IntStream.range(0, 4 * LIMIT).mapToObj(i -> "v" + i).toList();
      List<Supplier<String>> tasks = verbs.stream().map(verb -> path(transport, verb)).toList();
      assertEquals(verbs.stream().map(verb -> "/v1/" + verb).toList(), inFlight.all(tasks));
      assertEquals(LIMIT, most.get());
      assertEquals(verbs.size(), server.asked().size());
    }
  }

  @Test
  void theFirstFailureEndsTheWaitAndWhatIsUnderWayIsGivenUp() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch gone = new CountDownLatch(1);
    IllegalArgumentException wrong = new IllegalArgumentException("wrong");
    try (ScriptedServer server = new ScriptedServer(ScriptedServer.endless(begun, gone));
        Transport transport = server.transport("request-timeout", "3600");
        InFlight inFlight = new InFlight(2)) {
      Supplier<String> failing =
          () -> {
            await(begun);
            throw wrong;
          };
      List<Supplier<String>> tasks = List.of(path(transport, "slow"), failing);
      assertSame(wrong, assertThrows(IllegalArgumentException.class, () -> inFlight.all(tasks)));
      gone.await();
      assertEquals(List.of("again"), inFlight.all(List.of(() -> "again")));
    }
  }

  @Test
  void aCallerThatIsInterruptedGivesUpItsRequests() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch gone = new CountDownLatch(1);
    try (ScriptedServer server = new ScriptedServer(ScriptedServer.endless(begun, gone));
        Transport transport = server.transport("request-timeout", "3600");
        InFlight inFlight = new InFlight(2)) {
      Thread caller = Thread.currentThread();
      Supplier<String> interrupting =
          () -> {
            await(begun);
            caller.interrupt();
            return path(transport, "another").get();
          };
      List<Supplier<String>> tasks = List.of(path(transport, "slow"), interrupting);
      assertThrows(IllegalStateException.class, () -> inFlight.all(tasks));
      assertTrue(Thread.interrupted(), "the caller must still know");
      gone.await();
    }
  }

  @Test
  void anErrorOfATaskIsNotHidden() {
    AssertionError error = new AssertionError("broken");
    Supplier<String> failing =
        () -> {
          throw error;
        };
    try (InFlight inFlight = new InFlight(1)) {
      assertSame(error, assertThrows(AssertionError.class, () -> inFlight.all(List.of(failing))));
    }
  }

  private static Supplier<String> path(Transport transport, String verb) {
    return () -> transport.get(verb, answer -> Answer.required(answer.json(), "path"));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
