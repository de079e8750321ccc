package io.lanpo.verifier.composite;

import io.lanpo.api.component.ComponentOptions;
import io.lanpo.api.component.Components;
import io.lanpo.api.component.Names;
import io.lanpo.api.component.UserException;
import io.lanpo.api.reward.Verifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceObjects;
import org.osgi.framework.ServiceReference;

/** Finds the verifiers that a composite names, each an instance of its own, and gives them back. */
final class Parts implements AutoCloseable {
  private static final Pattern PART =
      Pattern.compile("([^*|]+?)\\s*(?:\\*\\s*([+-]?\\d+(?:\\.\\d+)?|[+-]?\\.\\d+))?");

  private final BundleContext context;
  private final String text;
  private final ComponentOptions options;
  private final List<Part> parts = new ArrayList<>();

  /**
   * A verifier and its weight.
   *
   * @param name its name
   * @param weight what its reward is multiplied by
   * @param reference the service
   * @param objects gives and takes back instances
   * @param verifier the instance
   */
  record Part(
      String name,
      double weight,
      ServiceReference<Verifier> reference,
      ServiceObjects<Verifier> objects,
      Verifier verifier) {
    /** Whether its bundle or what it needs went away. */
    boolean lost() {
      return reference.getBundle() == null;
    }

    private void giveBack() {
      if (!lost()) {
        objects.ungetService(verifier);
      }
    }
  }

  /**
   * Finds them.
   *
   * @param text names and weights, {@code exact * 0.9 | format * 0.1}; a weight left out is 1
   * @param own the class of the composite, which is no part of one
   * @throws UserException for a text that cannot be read, a name that is not there, a verifier that
   *     does not come up and a penalty with a negative weight
   */
  Parts(BundleContext context, String text, Class<?> own, ComponentOptions options) {
    this.context = context;
    this.text = text;
    this.options = options;
    try {
      List<ServiceReference<Verifier>> known =
          context.getServiceReferences(Verifier.class, null).stream()
              .filter(r -> !own.getName().equals(r.getProperty("component.name")))
              .toList();
      for (String part : text.split("\\|", -1)) {
        Matcher matcher = PART.matcher(part.strip());
        if (!matcher.matches()) {
          throw refuse(
              "is not allowed; it must be names and weights, such as exact * 0.9 | format * 0.1",
              "Correct the value.");
        }
        double weight = matcher.group(2) == null ? 1 : Double.parseDouble(matcher.group(2));
        parts.add(part(matcher.group(1), weight, known));
      }
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private Part part(String name, double weight, List<ServiceReference<Verifier>> known) {
    Optional<ServiceReference<Verifier>> reference =
        known.stream()
            .filter(r -> name.equals(r.getProperty(Components.NAME)))
            .max(Comparator.naturalOrder());
    if (reference.isEmpty()) {
      List<String> names =
          known.stream()
              .map(r -> String.valueOf(r.getProperty(Components.NAME)))
              .distinct()
              .toList();
      throw refuse(
          "names the verifier " + name + ", which is not there", Names.suggestion(name, names));
    }
    ServiceObjects<Verifier> objects = context.getServiceObjects(reference.get());
    Verifier verifier = objects == null ? null : objects.getService();
    if (objects == null || verifier == null) {
      throw refuse(
          "names the verifier " + name + ", which does not come up",
          "Name it alone as the run's verifier: the message says what it lacks.");
    }
    Part part = new Part(name, weight, reference.get(), objects, verifier);
    if (weight < 0 && verifier.fullReward() <= 0) {
      part.giveBack();
      throw refuse(
          "gives the penalty " + name + " a negative weight, which would reward what it punishes",
          "Write the weight without its sign.");
    }
    return part;
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
    parts.forEach(Part::giveBack);
    parts.clear();
  }
}
