package io.lanpo.verifier.exact;

import io.lanpo.api.component.ComponentOptions;
import io.lanpo.api.component.Components;
import io.lanpo.api.reward.Response;
import io.lanpo.api.reward.Verdict;
import io.lanpo.api.reward.Verifier;
import io.lanpo.api.task.Problem;
import io.lanpo.verifier.exact.AnswerExtractor.Extracted;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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
 * {@code ####}, as the solutions of some data sets do, is read like a response.
 */
@Component(
    scope = ServiceScope.PROTOTYPE,
    configurationPid = "io.lanpo.verifier.exact",
    property = Components.NAME + "=exact")
@Designate(ocd = ExactVerifier.Config.class)
public final class ExactVerifier implements Verifier {
  /** Where to look for the answer when no marker occurs. */
  public enum Fallback {
    /** The last number in the response. */
    LAST_NUMBER,
    /** The last line that is not blank. */
    LAST_LINE,
    /** Nowhere: a response without a marker has no answer. */
    NONE
  }

  /** What a percent sign means. */
  public enum Percent {
    /** {@code 10%} equals {@code 10%} and {@code 10.0%} only. */
    LITERAL,
    /** {@code 10%} equals {@code 10}. */
    IGNORED,
    /** {@code 10%} equals {@code 0.1}. */
    HUNDREDTH
  }

  /** Options. */
  @ObjectClassDefinition(name = "LANPO exact verifier")
  public @interface Config {
    /** Where the answer stands. */
    @AttributeDefinition(
        description =
            "Words that announce the final answer, separated by |, the first that occurs counts;"
                + " boxed stands for the last \\boxed{}")
    String markers() default "boxed | #### | the answer is | answer";

    /** Where it stands when no marker occurs. */
    @AttributeDefinition(description = "Where the answer stands when no marker occurs")
    Fallback fallback() default Fallback.LAST_NUMBER;

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

  private final List<String> markers;
  private final AnswerExtractor extractor;
  private final Equality equality;

  /**
   * Reads the options.
   *
   * @throws io.lanpo.api.component.UserException naming file, key, value and what would be right
   */
  @Activate
  public ExactVerifier(Config config, Map<String, Object> properties) {
    ComponentOptions options = new ComponentOptions(properties);
    options.allow(Set.of("markers", "fallback", "percent", "units", "ignore-case"));
    markers =
        Arrays.stream(config.markers().split("\\|"))
            .map(String::strip)
            .filter(marker -> !marker.isEmpty())
            .toList();
    extractor =
        new AnswerExtractor(
            markers,
            options.read("fallback", config::fallback, f -> f != null, words(Fallback.values())));
    Percent percent =
        options.read("percent", config::percent, p -> p != null, words(Percent.values()));
    equality = new Equality(new Conventions(percent, config.units(), config.ignore$_$case()));
  }

  private static String words(Enum<?>[] constants) {
    return Arrays.stream(constants).map(Enum::name).collect(Collectors.joining(" or "));
  }

  @Override
  public Verdict verify(Problem problem, Response response) {
    String key = key(problem);
    if (key.isBlank()) {
      return new Verdict.Failed("the answer key of " + problem.question().id() + " is empty");
    }
    if (!response.finished()) {
      return new Verdict.Scored(0, "the response is not finished: the length limit cut it");
    }
    Optional<Extracted> found = extractor.extract(response.text());
    if (found.isEmpty()) {
      return new Verdict.Scored(
          0, "no answer found: none of %s, and no fallback applied".formatted(markers));
    }
    Extracted answer = found.get();
    Equality.Decision decision = equality.compare(answer.text(), key);
    return new Verdict.Scored(
        decision.equal() ? 1 : 0,
        "%s: extracted '%s' %s, %s"
            .formatted(
                decision.equal() ? "right" : "wrong",
                Equality.shown(answer.text()),
                answer.how(),
                decision.explanation()));
  }

  /** The key as a response: the first form, by marker, that this verifier accepts. */
  @Override
  public Response goldResponse(Problem problem) {
    String key = key(problem);
    List<String> forms =
        markers.stream()
            .map(m -> m.equals(AnswerExtractor.BOXED) ? "\\boxed{" + key + "}" : m + " " + key)
            .toList();
    return firstAccepted(problem, forms.isEmpty() ? List.of(key) : forms);
  }

  /** The answer within the key: the whole key unless it is a worked solution. */
  private static String key(Problem problem) {
    String key = problem.key().text();
    return AnswerExtractor.after(AnswerExtractor.BOXED, key)
        .or(() -> AnswerExtractor.after("####", key))
        .map(Extracted::text)
        .orElse(key);
  }
}
