package io.lanpo.verifier.composite;

import io.lanpo.api.component.ComponentOptions;
import io.lanpo.api.component.Components;
import io.lanpo.api.component.Names;
import io.lanpo.api.reward.Verifier;
import java.util.ArrayList;
import java.util.Collection;
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
  }

  /**
   * Finds them.
   *
   * @param text names and weights, {@code exact * 0.9 | format * 0.1}; a weight left out is 1
   * @param own the class of the composite, which is no part of one
   * @throws io.lanpo.api.component.UserException for a text that cannot be read, a name that is not
   *     there and a verifier that does not come up
   */
  Parts(BundleContext context, String text, Class<?> own, ComponentOptions options) {
    try {
      List<ServiceReference<Verifier>> known =
          context.getServiceReferences(Verifier.class, null).stream()
              .filter(r -> !own.getName().equals(r.getProperty("component.name")))
              .toList();
      for (String part : text.split("\\|", -1)) {
        Matcher matcher = PART.matcher(part.strip());
        if (!matcher.matches()) {
          throw options.refuse(
              "parts",
              "= %s is not allowed; it must be names and weights, such as exact * 0.9 | format * 0.1"
                  .formatted(text),
              "Correct the value.",
              null);
        }
        double weight = matcher.group(2) == null ? 1 : Double.parseDouble(matcher.group(2));
        parts.add(part(context, matcher.group(1), weight, known, options));
      }
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private static Part part(
      BundleContext context,
      String name,
      double weight,
      Collection<ServiceReference<Verifier>> known,
      ComponentOptions options) {
    Optional<ServiceReference<Verifier>> reference =
        known.stream()
            .filter(r -> name.equals(r.getProperty(Components.NAME)))
            .max(Comparator.naturalOrder());
    if (reference.isEmpty()) {
      List<String> names =
          known.stream().map(r -> String.valueOf(r.getProperty(Components.NAME))).toList();
      throw options.refuse(
          "parts",
          "names the verifier " + name + ", which is not there",
          Names.suggestion(name, names),
          null);
    }
    ServiceObjects<Verifier> objects = context.getServiceObjects(reference.get());
    Verifier verifier = objects == null ? null : objects.getService();
    if (objects == null || verifier == null) {
      throw options.refuse(
          "parts",
          "names the verifier " + name + ", which does not come up",
          "Name it alone as the run's verifier: the message says what it lacks.",
          null);
    }
    return new Part(name, weight, reference.get(), objects, verifier);
  }

  List<Part> all() {
    return List.copyOf(parts);
  }

  @Override
  public void close() {
    for (Part part : parts) {
      if (!part.lost()) {
        part.objects().ungetService(part.verifier());
      }
    }
    parts.clear();
  }
}
