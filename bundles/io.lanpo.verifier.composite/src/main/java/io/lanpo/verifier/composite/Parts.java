package io.lanpo.verifier.composite;

import io.lanpo.api.component.ComponentCatalogue;
import io.lanpo.api.component.ComponentCatalogue.Wanted;
import io.lanpo.api.component.ComponentOptions;
import io.lanpo.api.component.ComponentUse;
import io.lanpo.api.component.UserException;
import io.lanpo.api.reward.Verifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the verifiers that a composite names, each an instance of its own, and gives them back. */
final class Parts implements AutoCloseable {
  private static final Pattern PART =
      Pattern.compile("([^*|]+?)\\s*(?:\\*\\s*([+-]?\\d+(?:\\.\\d+)?|[+-]?\\.\\d+))?");

  private final String text;
  private final ComponentOptions options;
  private final List<Part> parts = new ArrayList<>();

  /**
   * A verifier and its weight.
   *
   * @param name its name
   * @param weight what its reward is multiplied by
   * @param use holds the instance
   */
  record Part(String name, double weight, ComponentUse<Verifier> use) {
    Verifier verifier() {
      return use.instance();
    }
  }

  /**
   * Finds them.
   *
   * @param sums names that are no part of a sum
   * @param text names and weights, {@code exact * 0.9 | format * 0.1}; a weight left out is 1
   * @throws UserException for a text that cannot be read, a verifier that does not serve, with the
   *     reason, and a penalty with a negative weight
   */
  Parts(ComponentCatalogue catalogue, Set<String> sums, String text, ComponentOptions options) {
    this.text = text;
    this.options = options;
    try {
      for (String part : text.split("\\|", -1)) {
        Matcher matcher = PART.matcher(part.strip());
        if (!matcher.matches()) {
          throw refuse(
              "is not allowed; it must be names and weights, such as exact * 0.9 | format * 0.1",
              "Correct the value.");
        }
        String name = matcher.group(1);
        if (sums.contains(name)) {
          throw refuse(
              "names %s, which is a sum itself".formatted(name),
              "Write out the parts of that sum.");
        }
        double weight = matcher.group(2) == null ? 1 : Double.parseDouble(matcher.group(2));
        parts.add(part(catalogue, name, weight));
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private Part part(ComponentCatalogue catalogue, String name, double weight) {
    ComponentUse<Verifier> use =
        catalogue.use(new Wanted<>(Verifier.class, name, options.origin() + ": parts"), "");
    if (weight < 0 && use.instance().fullReward() <= 0) {
      use.close();
      throw refuse(
          "gives the penalty " + name + " a negative weight, which would reward what it punishes",
          "Write the weight without its sign.");
    }
    return new Part(name, weight, use);
  }

  /** What to throw: names the file, the key and the whole value. */
  private UserException refuse(String what, String nextStep) {
    return options.refuse("parts", "= %s %s".formatted(text, what), nextStep, null);
  }

  List<Part> all() {
    return List.copyOf(parts);
  }

  @Override
  public void close() {
    parts.forEach(part -> part.use().close());
    parts.clear();
  }
}
