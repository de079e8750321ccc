package io.lanpo.verifier.composite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.UserException;
import io.lanpo.api.reward.Response;
import io.lanpo.api.reward.Verdict;
import io.lanpo.api.task.AnswerKey;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Question;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LengthVerifierTest {
  private final Problem problem = new Problem(new Question("p", "?"), new AnswerKey("7"), Map.of());

  private static LengthVerifier verifier(Map<String, Object> options) {
    return new LengthVerifier(Configs.of(LengthVerifier.Config.class, options), options);
  }

  private double reward(LengthVerifier verifier, int length, boolean finished) {
    // characters outside the basic plane, which are two chars each
    Verdict verdict = verifier.verify(problem, new Response("𝑥".repeat(length), finished));
    return assertInstanceOf(Verdict.Scored.class, verdict).reward();
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "80, 0", "85, -0.25", "90, -0.5", "100, -1", "1000, -1"})
  void fallsInAStraightLine(int length, double reward) {
    LengthVerifier verifier = verifier(Map.of("limit", 100, "slope", 20));
    assertEquals(reward, reward(verifier, length, true));
    assertEquals(-1, reward(verifier, length, false));
  }

  @Test
  void withoutASlopeItIsAStep() {
    LengthVerifier verifier = verifier(Map.of("limit", 100, "slope", 0));
    assertEquals(0, reward(verifier, 100, true));
    assertEquals(-1, reward(verifier, 101, true));
  }

  @ParameterizedTest
  @CsvSource({"slope, 4001, from 0 to the limit"})
  void refusesOptionsThatAreNotAllowed(String key, int value, String message) {
    UserException e = assertThrows(UserException.class, () -> verifier(Map.of(key, value)));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  /** As a penalty it gives 0 at most, and that is all that can be asked of a response. */
  @Test
  void acceptsWhatIsShortEnough() {
    LengthVerifier verifier = verifier(Map.of("limit", 100, "slope", 20));
    assertEquals(0, verifier.fullReward());
    assertTrue(verifier.accepts(verifier.verify(problem, new Response("7".repeat(80), true))));
    assertFalse(verifier.accepts(verifier.verify(problem, new Response("7".repeat(81), true))));
    assertFalse(verifier.accepts(verifier.verify(problem, new Response("7", false))));
  }
}
