package io.lanpo.verifier.composite;

import io.lanpo.api.component.ComponentOptions;
import io.lanpo.api.component.LanpoName;
import io.lanpo.api.reward.Response;
import io.lanpo.api.reward.Verdict;
import io.lanpo.api.reward.Verifier;
import io.lanpo.api.task.Problem;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Rewards 1 for the required form, 0 for another and for a response that the length limit cut;
 * whether the answer is right is not looked at.
 */
@Component(scope = ServiceScope.PROTOTYPE, configurationPid = "io.lanpo.verifier.format")
@LanpoName("format")
@Designate(ocd = FormatVerifier.Config.class)
public final class FormatVerifier implements Verifier {
  private static final int STEPS = 20_000_000;
  private static final String KEY = "KEY";

  /** The word that stands for {@link #BOX}. */
  private static final String BOXED = "boxed";

  private static final String IN_BRACES = "[^{}\\\\]|\\\\.|\\{";
  private static final String CLOSED = ")*+}";

  /** A closed box with something in it, in which braces may be nested three deep. */
  private static final String BOX =
      "\\\\boxed\\{(?=\\s*[^\\s}])(?:"
          + (IN_BRACES + "(?:" + IN_BRACES + "(?:" + IN_BRACES + "(?:[^{}\\\\]|\\\\.")
          + (CLOSED + CLOSED + CLOSED + CLOSED);

  /** Where the pattern has to match. */
  public enum Where {
    /** Somewhere in the response. */
    ANYWHERE,
    /** Somewhere, once and no more. */
    ONCE,
    /** The response as a whole. */
    WHOLE
  }

  /** Options. */
  @ObjectClassDefinition(name = "LANPO format verifier")
  public @interface Config {
    /** The form. */
    @AttributeDefinition(
        description =
            "Regular expression of Java for the required form, in which a dot is any character; or"
                + " boxed, for a closed \\boxed{} with something in it")
    String pattern() default BOXED;

    /** Where it has to match. */
    @AttributeDefinition(
        description =
            "Where it has to match: ANYWHERE in the response, ONCE and no more, or the WHOLE of it")
    Where where() default Where.ANYWHERE;

    /** A response in that form. */
    @AttributeDefinition(
        description =
            "A response of the required form, for the check before a run; KEY in it stands"
                + " for the gold answer")
    String example() default "\\boxed{KEY}";
  }

  private final Pattern pattern;

  /** The form, as an explanation names it. */
  private final String form;

  private final Where where;
  private final String example;

  /**
   * Reads the options.
   *
   * @throws io.lanpo.api.component.UserException naming file, key, value and what would be right
   */
  @Activate
  public FormatVerifier(Config config, Map<String, Object> properties) {
    ComponentOptions options = new ComponentOptions(properties);
    where = config.where();
    example = config.example();
    try {
      boolean boxed = config.pattern().equals(BOXED);
      pattern = Pattern.compile(boxed ? BOX : config.pattern(), Pattern.DOTALL);
      form = boxed ? "\\boxed{...}, closed and not empty" : config.pattern();
    } catch (PatternSyntaxException e) {
      throw options.refuse(
          "pattern",
          "= %s is not allowed: %s at character %d"
              .formatted(config.pattern(), e.getDescription(), e.getIndex() + 1),
          "Correct the value or remove the key to get the default.",
          e);
    }
  }

  @Override
  public Verdict verify(Problem problem, Response response) {
    if (!response.finished()) {
      return new Verdict.Scored(0, "the response is not finished: the length limit cut it");
    }
    try {
      Matcher matcher = pattern.matcher(new BoundedText(response.text(), STEPS));
      if (where == Where.WHOLE) {
        return matcher.matches() ? right() : wrong("is not of the form " + form);
      }
      if (!matcher.find()) {
        return wrong("has nowhere the form " + form);
      }
      return where == Where.ONCE && matcher.find()
          ? wrong("has more than once the form " + form)
          : right();
    } catch (BoundedText.UsedUp | StackOverflowError e) {
      return new Verdict.Failed(
          "the form %s takes too long on a response of %d characters"
              .formatted(form, response.text().length()));
    }
  }

  private Verdict right() {
    return new Verdict.Scored(1, "of the form " + form);
  }

  private static Verdict wrong(String why) {
    return new Verdict.Scored(0, "the response " + why);
  }

  @Override
  public Response goldResponse(Problem problem) {
    return new Response(example.replace(KEY, problem.key().text()), true);
  }
}
