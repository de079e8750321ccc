package io.lanpo.verifier.composite;

import io.lanpo.api.component.ComponentOptions;
import io.lanpo.api.component.LanpoName;
import io.lanpo.api.reward.Response;
import io.lanpo.api.reward.Verdict;
import io.lanpo.api.reward.Verifier;
import io.lanpo.api.task.Problem;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Takes off for length, as a part of a composite: 0 up to {@code limit - slope}, falling in a
 * straight line to −1 at {@code limit}, −1 beyond and for a response that the length limit cut (the
 * soft overlong punishment of DAPO, arXiv 2503.14476, in characters, since a verifier sees text).
 */
@Component(scope = ServiceScope.PROTOTYPE, configurationPid = "io.lanpo.verifier.length")
@LanpoName("length")
@Designate(ocd = LengthVerifier.Config.class)
public final class LengthVerifier implements Verifier {
  /** Options. */
  @ObjectClassDefinition(name = "LANPO length penalty")
  public @interface Config {
    /** The limit. */
    @AttributeDefinition(
        description = "Length from which the whole penalty applies, in characters of at least 1",
        min = "1")
    int limit() default 4000;

    /** The slope. */
    @AttributeDefinition(
        description =
            "Characters before the limit over which the penalty grows from 0 to 1; at most the limit",
        min = "0")
    int slope() default 1000;
  }

  private final int limit;
  private final int slope;

  /**
   * Reads the options.
   *
   * @throws io.lanpo.api.component.UserException naming file, key, value and what would be right
   */
  @Activate
  public LengthVerifier(Config config, Map<String, Object> properties) {
    ComponentOptions options = new ComponentOptions(properties);
    limit = config.limit();
    slope =
        options.read(
            "slope",
            config::slope,
            s -> s <= limit,
            "a whole number from 0 to the limit, " + limit);
  }

  @Override
  public Verdict verify(Problem problem, Response response) {
    if (!response.finished()) {
      return new Verdict.Scored(-1, "the response is not finished: the length limit cut it");
    }
    int length = response.text().codePointCount(0, response.text().length());
    int over = length - (limit - slope);
    double penalty = over <= 0 ? 0 : over >= slope ? 1 : (double) over / slope;
    return new Verdict.Scored(
        0 - penalty,
        "%d characters, free up to %d, the whole penalty from %d"
            .formatted(length, limit - slope, limit));
  }

  @Override
  public double fullReward() {
    return 0;
  }

  @Override
  public Response goldResponse(Problem problem) {
    return new Response(problem.key().text(), true);
  }
}
