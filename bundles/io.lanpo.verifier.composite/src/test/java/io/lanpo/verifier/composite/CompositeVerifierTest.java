package io.lanpo.verifier.composite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.UserException;
import io.lanpo.api.reward.Response;
import io.lanpo.api.reward.Verdict;
import io.lanpo.api.reward.Verifier;
import io.lanpo.api.task.AnswerKey;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Question;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Beside the format verifier, the length penalty and two of the test's own. */
class CompositeVerifierTest {
  private static final Problem PROBLEM =
      new Problem(new Question("p", "?"), new AnswerKey("7"), Map.of());

  private final Verifiers catalogue = new Verifiers();

  /** Says the same of every response. */
  private record Always(Verdict verdict) implements Verifier {
    @Override
    public Verdict verify(Problem problem, Response response) {
      return verdict;
    }

    @Override
    public Response goldResponse(Problem problem) {
      return new Response("gold", true);
    }
  }

  @BeforeEach
  void register() {
    Map<String, Object> none = Map.of();
    catalogue.put(
        "format", new FormatVerifier(Configs.of(FormatVerifier.Config.class, none), none));
    catalogue.put(
        "length", new LengthVerifier(Configs.of(LengthVerifier.Config.class, none), none));
    catalogue.put("broken", new Always(new Verdict.Failed("no disk")));
    catalogue.put("silent", new Always(new Verdict.Abstained("no opinion")));
  }

  private CompositeVerifier of(String parts) {
    Map<String, Object> options =
        Map.of("parts", parts, "felix.fileinstall.filename", "file:configs/composite.cfg");
    return new CompositeVerifier(
        catalogue, Set.of("sum"), Configs.of(CompositeVerifier.Config.class, options), options);
  }

  private Verdict verify(String parts, String response) {
    CompositeVerifier verifier = of(parts);
    Verdict verdict = verifier.verify(PROBLEM, new Response(response, true));
    verifier.close();
    return verdict;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "format; \\boxed{7}; 1",
        "format * 0.25; \\boxed{7}; 0.25",
        "format * 0.25 | length*.5; \\boxed{7}; 0.25",
        "format|format * 2; \\boxed{7}; 3",
        "format * -1; \\boxed{7}; -1",
        "format * 0.25; 7; 0",
      })
  void addsUp(String parts, String response, double reward) {
    Verdict verdict = verify(parts, response);
    assertEquals(
        reward, assertInstanceOf(Verdict.Scored.class, verdict).reward(), verdict.explanation());
  }

  @Test
  void explainsEveryTerm() {
    Verdict verdict = verify("format * 0.9 | length * 0.1", "7".repeat(3500));
    assertEquals(-0.05, assertInstanceOf(Verdict.Scored.class, verdict).reward(), 1e-12);
    assertEquals(
        "0.9 * 0 (format: the response has nowhere the form \\boxed{...}, closed and not empty) + 0.1 *"
            + " -0.5 (length: 3500 characters, free up to 3000, the whole penalty from 4000)",
        verdict.explanation());
  }

  @Test
  void aPartThatFailsOrAbstainsIsNoZero() {
    assertEquals(new Verdict.Failed("broken: no disk"), verify("format | broken", "7"));
    assertEquals(new Verdict.Abstained("silent: no opinion"), verify("format | silent", "7"));
  }

  @Test
  void aPartThatGoesAwayIsAFailure() {
    catalogue.put("passing", new Always(new Verdict.Scored(1, "always")));
    CompositeVerifier verifier = of("passing");
    catalogue.lost.add("passing");
    Verdict verdict = verifier.verify(PROBLEM, new Response("7", true));
    assertEquals(new Verdict.Failed("the verifier passing went away"), verdict);
    verifier.close();
  }

  @Test
  void itsGoldResponseIsTheOneItRewardsMost() {
    CompositeVerifier verifier = of("length * 0.1 | format");
    assertEquals("\\boxed{7}", verifier.goldResponse(PROBLEM).text());
    verifier.close();
  }

  /** Right is 42 and no other word; its own way to say so lacks the form that is asked for. */
  @Test
  void itsGoldResponseIsPutIntoTheFormOfAnotherPart() {
    catalogue.put(
        "answer",
        new Verifier() {
          @Override
          public Verdict verify(Problem problem, Response response) {
            return new Verdict.Scored(response.text().contains("42") ? 1 : 0, "42 or not");
          }

          @Override
          public Response goldResponse(Problem problem) {
            return new Response("42", true);
          }
        });
    CompositeVerifier verifier = of("answer * 0.7 | format * 0.3 | length * 0.5");
    assertEquals(1, verifier.fullReward(), 1e-12);
    Response gold = verifier.goldResponse(PROBLEM);
    assertEquals("\\boxed{42}", gold.text());
    assertTrue(verifier.accepts(verifier.verify(PROBLEM, gold)));
    assertFalse(verifier.accepts(verifier.verify(PROBLEM, new Response("42", true))));
    verifier.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "format * 0.9 | nope; parts = nope names no installed verifier; Known: broken, format",
        "format | sum; names sum, which is a sum itself; Write out the parts",
        "format | length * -0.5; gives the penalty length a negative weight; Write the weight",
        "format * x; = format * x is not allowed; Correct",
        "format | ; = format | is not allowed; Correct",
        "* 2; is not allowed; Correct",
      })
  void refusesPartsThatAreNotThere(String parts, String message, String nextStep) {
    UserException e = assertThrows(UserException.class, () -> of(parts));
    assertTrue(e.getMessage().startsWith("configs/composite.cfg: parts "), e.getMessage());
    assertTrue(e.getMessage().contains(message), e.getMessage());
    assertTrue(e.nextStep().contains(nextStep), e.nextStep());
    assertEquals(List.of(), catalogue.held, "what was found is given back");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "format; \\boxed{7}; true",
        "format; 7; false",
        "format * 0.7 | format * 0.2 | format * 0.1; \\boxed{7}; true",
        "format * 0.9 | length * 0.1; \\boxed{7}; true",
        "format * 0.9 | length * 0.1; 7; false",
        "format | broken; \\boxed{7}; false",
        "format | silent; \\boxed{7}; false",
        "length | format * -0.5; 7; true",
        "length | format * -0.5; \\boxed{7}; false",
      })
  void acceptsWhatIsRightInEveryPart(String parts, String response, boolean accepted) {
    CompositeVerifier verifier = of(parts);
    assertEquals(
        accepted, verifier.accepts(verifier.verify(PROBLEM, new Response(response, true))));
    verifier.close();
  }

  /** Right, of the right form, and too long for the whole reward. */
  @Test
  void doesNotAcceptWhatAPenaltyTookFrom() {
    CompositeVerifier verifier = of("format | length * 0.1");
    Verdict verdict = verifier.verify(PROBLEM, new Response("7".repeat(3500) + "\\boxed{7}", true));
    assertTrue(verdict instanceof Verdict.Scored scored && scored.reward() > 0.9);
    assertFalse(verifier.accepts(verdict));
    verifier.close();
  }
}
