package io.lanpo.verifier.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.lanpo.api.reward.Response;
import io.lanpo.api.reward.Verifier;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What responses answer, for a vote among them. */
class AnswersForVotesTest {
  private final Verifier verifier = Verifiers.of(Map.of());

  private Optional<String> answer(String response) {
    return verifier.answer(new Response(response, true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\\boxed{\\frac{1}{2}} | so \\boxed{0.5}",
        "\\boxed{\\dfrac12} | \\boxed{2/4}",
        "\\boxed{2\\sqrt{3}} | \\boxed{\\sqrt{12}}",
        "\\boxed{x+1} | \\boxed{1 + x}",
        "\\boxed{(1, 2)} | \\boxed{( 1,2 )}"
      })
  void equalAnswersAreOneAnswer(String one, String other) {
    assertEquals(answer(one), answer(other));
    assertEquals(false, answer(one).isEmpty());
  }

  @Test
  void differentAnswersAreTwoAndNoAnswerIsNone() {
    assertNotEquals(answer("\\boxed{0.33}"), answer("\\boxed{1/3}"));
    assertNotEquals(answer("\\boxed{(1,2)}"), answer("\\boxed{(2,1)}"));
    assertEquals(Optional.empty(), verifier.answer(new Response("\\boxed{5}", false)));
    assertEquals(Optional.empty(), answer(""));
  }
}
