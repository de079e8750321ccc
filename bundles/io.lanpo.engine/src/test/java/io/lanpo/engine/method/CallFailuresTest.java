package io.lanpo.engine.method;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CallFailuresTest {
  @Test
  void callsAreCountedByComponentUntilTheyAreTaken() {
    Guard guard = new Guard();
    assertEquals("a", guard.call("one", () -> "a", why -> why));
    assertEquals("returned null", guard.call("one", () -> null, why -> why));
    assertEquals("b", guard.call("two", () -> "b", why -> why));
    assertEquals(
        Map.of(
            "one", new CallFailures.Count(2, 1, "returned null"),
            "two", new CallFailures.Count(1, 0, "")),
        guard.take().byComponent());
    assertEquals(0, guard.take().total());
  }

  /** What kills the process's threads is no failure of a component. */
  @Test
  void otherErrorsPass() {
    Guard guard = new Guard();
    assertThrows(
        OutOfMemoryError.class,
        () ->
            guard.call(
                "one",
                () -> {
                  throw new OutOfMemoryError();
                },
                why -> ""));
  }

  @Test
  void moreThanTheAllowedShareIsTold() {
    CallFailures failures =
        new CallFailures(Map.of("strategy", new CallFailures.Count(4, 2, "threw x")));
    assertEquals(Optional.empty(), failures.beyond(.5));
    assertEquals(
        "2 of 4 calls of the strategy failed (it threw x), and failures.most = 0.4; mend it, or allow"
            + " more",
        failures.beyond(.4).orElseThrow());
    CallFailures more =
        failures.and(
            new CallFailures(
                Map.of(
                    "strategy", new CallFailures.Count(4, 4, "returned null"),
                    "verifier", new CallFailures.Count(9, 0, ""))));
    assertEquals(6, more.total());
    assertEquals(Optional.empty(), more.beyond(1));
    assertEquals(new CallFailures.Count(8, 6, "returned null"), more.byComponent().get("strategy"));
  }
}
