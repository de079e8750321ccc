package io.lanpo.engine.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.lanpo.api.reward.Response;
import io.lanpo.api.reward.Verdict;
import io.lanpo.api.reward.Verifier;
import io.lanpo.api.task.AnswerKey;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Question;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerifierCallsTest {
  private static final Problem PROBLEM =
      new Problem(new Question("p", "what?"), new AnswerKey("4"), Map.of());
  private static final String WHY = "the thinking does not end, so there is no answer: ";

  private static VerifierCalls.Judgement judged(Verdict verdict, boolean endless) {
    Verifier verifier =
        new Verifier() {
          @Override
          public Verdict verify(Problem problem, Response response) {
            return verdict;
          }

          @Override
          public Response goldResponse(Problem problem) {
            return new Response("4", true);
          }
        };
    return new VerifierCalls(verifier).judge(PROBLEM, Optional.of(""), true, endless);
  }

  @Test
  void theReasonSaysThatThinkingDoesNotEnd() {
    VerifierCalls.Judgement judgement = judged(new Verdict.Scored(0, "no number"), true);
    assertEquals(new Verdict.Scored(0, WHY + "no number"), judgement.verdict());
    assertFalse(judgement.accepted());
    assertEquals(
        new Verdict.Abstained(WHY + "a"), judged(new Verdict.Abstained("a"), true).verdict());
    assertEquals(new Verdict.Failed(WHY + "f"), judged(new Verdict.Failed("f"), true).verdict());
    assertEquals(
        new Verdict.Scored(0, "no number"),
        judged(new Verdict.Scored(0, "no number"), false).verdict());
  }
}
