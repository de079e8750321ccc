package io.lanpo.verifier.exact;

import io.lanpo.api.component.LanpoName;
import io.lanpo.api.reward.Response;
import io.lanpo.api.reward.Verdict;
import io.lanpo.api.reward.Verifier;
import io.lanpo.api.task.Problem;
import io.lanpo.libs.answer.AnswerFinder;
import io.lanpo.libs.answer.Found;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Rewards 1 for the right final answer, 0 for any other, for none and for a response that the
 * length limit cut.
 *
 * <p>The answer is compared with the key as text and as an exact number: {@code 1/2} equals {@code
 * 0.5}, {@code 0.33} does not equal {@code 1/3}. A key that contains <code>\boxed{}</code> or
 * {@code ####}, as the solutions of some data sets do, is read like a response; one that is a JSON
 * list of texts lists alternatives, each of which is right.
 */
@Component(scope = ServiceScope.PROTOTYPE, configurationPid = "io.lanpo.verifier.exact")
@LanpoName("exact")
@Designate(ocd = ExactVerifier.Config.class)
public final class ExactVerifier implements Verifier {
  /** Options. */
  @ObjectClassDefinition(name = "LANPO exact verifier")
  public @interface Config {
    /** Where the answer stands. */
    @AttributeDefinition(
        description =
            "Where the final answer stands, separated by |, the first that finds one counts: boxed"
                + " (the last \\boxed{}), last-formula, last-number, last-line, or words or a tag that announce it")
    String markers() default
        "boxed | #### | <answer> | final answer | answer is | correct option is | correct choice is"
            + " | answer | last-formula | last-number";

    /** What a percent sign means. */
    @AttributeDefinition(
        description =
            "What a percent sign means: LITERAL (10% is 10%), IGNORED (10% is 10), HUNDREDTH (10%"
                + " is 0.1)")
    Percent percent() default Percent.LITERAL;

    /** Whether a unit may follow a number. */
    @AttributeDefinition(description = "Whether 42 apples is right when the key is 42")
    boolean units() default true;

    /** Whether case does not count. */
    @AttributeDefinition(description = "Whether upper and lower case are the same")
    boolean ignore$_$case() default true;
  }

  private final AnswerFinder finder;
  private final Equality equality;

  /** For the service registry. */
  @Activate
  public ExactVerifier(Config config) {
    finder = new AnswerFinder(AnswerFinder.ways(config.markers()));
    equality =
        new Equality(new Conventions(config.percent(), config.units(), config.ignore$_$case()));
  }

  @Override
  public Verdict verify(Problem problem, Response response) {
    List<String> keys = AnswerFinder.keys(problem.key().text());
    if (keys.stream().anyMatch(String::isBlank)) {
      return new Verdict.Failed("the answer key of " + problem.question().id() + " is empty.");
    }
    if (!response.finished()) {
      return new Verdict.Scored(0, "the response is not finished: the length limit cut it.");
    }
    Optional<Found> found = finder.find(response.text());
    if (found.isEmpty()) {
      return new Verdict.Scored(0, finder.nothingFound(response.text()));
    }
    Verdict verdict = judge(found.get(), keys.get(0));
    for (int i = 1; i < keys.size() && !accepts(verdict); i++) {
      verdict = judge(found.get(), keys.get(i));
    }
    return verdict;
  }

  /** Compares the answer as it is written and, where it is prose, the formula in it. */
  private Verdict judge(Found found, String key) {
    String answer = found.text();
    Equality.Decision decision = equality.compare(answer, key);
    if (!decision.equal()) {
      answer = found.formula();
      decision = equality.compare(answer, key);
    }
    return new Verdict.Scored(
        decision.equal() ? 1 : 0,
        "%s: the extracted '%s' %s is %s."
            .formatted(
                decision.equal() ? "right" : "wrong",
                Equality.shown(answer),
                found.how(),
                decision.explanation()));
  }

  @Override
  public Optional<String> answer(Response response) {
    return response.finished()
        ? finder.find(response.text()).map(found -> equality.canonical(found.formula()))
        : Optional.empty();
  }

  /** The key as a response: the first form, by marker, that this verifier accepts. */
  @Override
  public Response goldResponse(Problem problem) {
    String key = AnswerFinder.keys(problem.key().text()).get(0);
    return firstAccepted(problem, finder.responses(key));
  }
}
