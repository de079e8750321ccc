package io.lanpo.verifier.composite;

import io.lanpo.api.component.ComponentCatalogue;
import io.lanpo.api.component.ComponentOptions;
import io.lanpo.api.component.Components;
import io.lanpo.api.component.LanpoName;
import io.lanpo.api.reward.Response;
import io.lanpo.api.reward.Verdict;
import io.lanpo.api.reward.Verifier;
import io.lanpo.api.task.AnswerKey;
import io.lanpo.api.task.Problem;
import io.lanpo.verifier.composite.Parts.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentConstants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * The weighted sum of other verifiers. If one of them fails or abstains, so does the sum: a part
 * that is missing is not a reward of 0.
 */
@Component(scope = ServiceScope.PROTOTYPE, configurationPid = "io.lanpo.verifier.composite")
@LanpoName("composite")
@Designate(ocd = CompositeVerifier.Config.class)
public final class CompositeVerifier implements Verifier {
  /** Options. */
  @ObjectClassDefinition(name = "LANPO composite verifier")
  public @interface Config {
    /** The parts. */
    @AttributeDefinition(
        description =
            "Names of verifiers and the weights of their rewards, separated by |; a weight left out"
                + " is 1")
    String parts() default "exact * 0.9 | format * 0.1";
  }

  private final Parts parts;

  /**
   * Finds the parts.
   *
   * @param context tells which verifiers are sums themselves
   * @throws io.lanpo.api.component.UserException naming file, key, value and what would be right
   */
  @Activate
  public CompositeVerifier(
      BundleContext context,
      @Reference ComponentCatalogue catalogue,
      Config config,
      Map<String, Object> properties) {
    this(catalogue, sums(context), config, properties);
  }

  CompositeVerifier(
      ComponentCatalogue catalogue,
      Set<String> sums,
      Config config,
      Map<String, Object> properties) {
    parts = new Parts(catalogue, sums, config.parts(), new ComponentOptions(properties));
  }

  /** Names of the verifiers of this class: a sum is no part of a sum. */
  private static Set<String> sums(BundleContext context) {
    try {
      // not getServiceReferences: Felix' fails while a bundle with a service goes
      ServiceReference<?>[] found =
          context.getAllServiceReferences(
              Verifier.class.getName(),
              "(%s=%s)"
                  .formatted(ComponentConstants.COMPONENT_NAME, CompositeVerifier.class.getName()));
      return Stream.ofNullable(found)
          .flatMap(Stream::of)
          .map(r -> String.valueOf(r.getProperty(Components.NAME)))
          .collect(Collectors.toSet());
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Gives the parts back. */
  @Deactivate
  public void close() {
    parts.close();
  }

  @Override
  public Verdict verify(Problem problem, Response response) {
    double sum = 0;
    List<String> terms = new ArrayList<>();
    for (Part part : parts.all()) {
      if (part.use().lost()) {
        return new Verdict.Failed("the verifier %s went away".formatted(part.name()));
      }
      Verdict verdict = part.verifier().verify(problem, response);
      String why = part.name() + ": " + verdict.explanation();
      if (verdict instanceof Verdict.Failed) {
        return new Verdict.Failed(why);
      }
      if (!(verdict instanceof Verdict.Scored scored)) {
        return new Verdict.Abstained(why);
      }
      sum += part.weight() * scored.reward();
      terms.add(
          String.format(
              Locale.ROOT, "%s * %s (%s)", number(part.weight()), number(scored.reward()), why));
    }
    return new Verdict.Scored(sum, String.join(" + ", terms));
  }

  /** The answer that the first part finds. */
  @Override
  public Optional<String> answer(Response response) {
    return parts.all().stream()
        .filter(part -> !part.use().lost())
        .flatMap(part -> part.verifier().answer(response).stream())
        .findFirst();
  }

  /** The sum of what the parts give at most; of a part with a negative weight, nothing. */
  @Override
  public double fullReward() {
    return parts.all().stream()
        .mapToDouble(part -> Math.max(0, part.weight() * part.verifier().fullReward()))
        .sum();
  }

  /**
   * Of the gold responses of the parts, the one that this verifier rewards most. Where none gets
   * the full reward, each part is also asked to put the gold responses of the others into its form,
   * as a format does with the answer.
   */
  @Override
  public Response goldResponse(Problem problem) {
    List<Response> plain =
        parts.all().stream().map(part -> part.verifier().goldResponse(problem)).toList();
    Response best = best(problem, plain);
    if (accepts(verify(problem, best))) {
      return best;
    }
    List<Response> all = new ArrayList<>(List.of(best));
    for (Part part : parts.all()) {
      for (Response response : plain) {
        AnswerKey inner = new AnswerKey(response.text());
        all.add(
            part.verifier().goldResponse(new Problem(problem.question(), inner, problem.labels())));
      }
    }
    return best(problem, all);
  }

  private Response best(Problem problem, List<Response> responses) {
    return responses.stream()
        .distinct()
        .max(
            Comparator.comparingDouble(
                response ->
                    verify(problem, response) instanceof Verdict.Scored scored
                        ? scored.reward()
                        : Double.NEGATIVE_INFINITY))
        .orElseThrow();
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
