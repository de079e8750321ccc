package io.lanpo.engine.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CallCountsTest {
  @Test
  void callsAreCountedByComponentUntilTheyAreTaken() {
    ComponentCalls calls = new ComponentCalls();
    assertEquals("a", calls.call("one", () -> "a", why -> why));
    assertEquals("returned null", calls.call("one", () -> null, why -> why));
    assertEquals("b", calls.call("two", () -> "b", why -> why));
    assertEquals(
        Map.of(
            "one", new CallCounts.Count(2, 1, "returned null"),
            "two", new CallCounts.Count(1, 0, "")),
        calls.take().byComponent());
    assertEquals(0, calls.take().total());
  }

  /** What kills the process's threads is no failure of a component. */
  @Test
  void otherErrorsPass() {
    ComponentCalls calls = new ComponentCalls();
    assertThrows(
        OutOfMemoryError.class,
        () ->
            calls.call(
                "one",
                () -> {
                  throw new OutOfMemoryError();
                },
                why -> ""));
  }

  @Test
  void moreThanTheAllowedShareIsTold() {
    CallCounts failures = new CallCounts(Map.of("strategy", new CallCounts.Count(4, 2, "threw x")));
    assertEquals(Optional.empty(), failures.beyond(.5));
    assertEquals(
        new CallCounts.Excess(
            "strategy",
            "2 of 4 calls of the strategy failed (it threw x), and failures.most = 0.4"),
        failures.beyond(.4).orElseThrow());
    CallCounts more =
        failures.and(
            new CallCounts(
                Map.of(
                    "strategy", new CallCounts.Count(4, 4, "returned null"),
                    "verifier", new CallCounts.Count(9, 0, ""))));
    assertEquals(6, more.total());
    assertEquals(Optional.empty(), more.beyond(1));
    assertEquals(new CallCounts.Count(8, 6, "returned null"), more.byComponent().get("strategy"));
  }
}
