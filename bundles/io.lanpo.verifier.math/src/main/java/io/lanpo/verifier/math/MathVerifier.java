package io.lanpo.verifier.math;

import io.lanpo.api.component.LanpoName;
import io.lanpo.api.reward.ProfiledVerifier;
import io.lanpo.api.reward.Response;
import io.lanpo.api.reward.Verdict;
import io.lanpo.api.reward.Verifier;
import io.lanpo.api.task.Problem;
import io.lanpo.libs.answer.AnswerFinder;
import io.lanpo.verifier.math.compare.Conventions;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Rewards 1 for an answer that means the same as the key, 0 for any other, for none and for a
 * response that the length limit cut. What the key's own limits do not allow to decide is no score:
 * the verifier abstains.
 *
 * <p>A key that contains <code>\boxed{}</code> or {@code ####}, as the solutions of some data sets
 * do, is read like a response. A key that is a JSON list of texts lists alternatives, each of which
 * is right.
 */
@Component(
    service = Verifier.class,
    scope = ServiceScope.PROTOTYPE,
    configurationPid = "io.lanpo.verifier.math")
@LanpoName("math")
@Designate(ocd = MathVerifier.Config.class)
public final class MathVerifier implements ProfiledVerifier {
  /** Options. */
  @ObjectClassDefinition(name = "LANPO mathematics verifier")
  public @interface Config {
    /** The conventions. */
    @AttributeDefinition(
        description =
            "Named conventions where graders disagree: LENIENT (10% is 10 or 0.1, four digits of a"
                + " decimal suffice, units optional), STRICT (percent signs, units, names, order and"
                + " form count), GSM8K (plain numbers, after ####), MATH (exact values, units and"
                + " percent signs optional)")
    Profile profile() default Profile.LENIENT;

    /** Where the answer stands. */
    @AttributeDefinition(
        description =
            "Where the final answer stands, separated by |, the first that finds one counts: boxed"
                + " (the last \\boxed{}), last-formula, last-number, last-line, or words or a tag that announce it;"
                + " empty for the order of the profile")
    String markers() default "";
  }

  /** Named conventions. */
  public enum Profile {
    /** What a patient teacher would accept. */
    LENIENT,
    /** The answer as asked. */
    STRICT,
    /** Plain numbers of word problems. */
    GSM8K,
    /** Exact values of the MATH data set. */
    MATH;

    Conventions conventions() {
      return switch (this) {
        case LENIENT -> Conventions.lenient();
        case STRICT -> Conventions.strict();
        case GSM8K -> Conventions.gsm8k();
        case MATH -> Conventions.math();
      };
    }
  }

  private final List<String> markers;
  private final Judge judge;

  /** For the service registry. */
  @Activate
  public MathVerifier(Config config) {
    this(config.profile(), AnswerFinder.ways(config.markers()));
  }

  private MathVerifier(Profile profile, List<String> markers) {
    this.markers = markers;
    this.judge = judge(profile, markers);
  }

  private static Judge judge(Profile profile, List<String> markers) {
    Conventions conventions = profile.conventions();
    return new Judge(markers.isEmpty() ? conventions : conventions.withWays(markers));
  }

  @Override
  public List<String> profiles() {
    return Arrays.stream(Profile.values()).map(p -> p.name().toLowerCase(Locale.ROOT)).toList();
  }

  @Override
  public Verifier withProfile(String name) {
    for (Profile profile : Profile.values()) {
      if (profile.name().equalsIgnoreCase(name)) {
        return new MathVerifier(profile, markers);
      }
    }
    throw new IllegalArgumentException("no profile " + name);
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
    try {
      return judge.verdict(keys, response.text());
    } catch (RuntimeException | StackOverflowError e) {
      // a mistake of this verifier, whatever it is, must not look like one of the policy
      return new Verdict.Failed("the check broke: " + e);
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>Terms appear in their normal form, so that {@code 1/2} and {@code 0.5} are one answer;
   * anything else as it is spelled.
   */
  @Override
  public Optional<String> answer(Response response) {
    try {
      return response.finished() ? judge.answer(response.text()) : Optional.empty();
    } catch (RuntimeException | StackOverflowError e) {
      // as in verify; a response that breaks the verifier has no vote
      return Optional.empty();
    }
  }

  /** The key as a response: the first way to write it that this verifier accepts. */
  @Override
  public Response goldResponse(Problem problem) {
    String key = AnswerFinder.keys(problem.key().text()).get(0);
    return firstAccepted(problem, judge.finder().responses(key));
  }
}
