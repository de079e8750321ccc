package io.lanpo.deploy;

import io.lanpo.api.component.Components;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

/**
 * A component in the registry, read at one moment: its service may go at any time.
 *
 * @param type its interface in the API
 * @param id its {@code service.id}
 */
record Found(
    ServiceReference<?> reference, Bundle bundle, String type, String name, int ranking, long id) {
  private static final String API = "io.lanpo.api.";

  static Optional<Found> of(ServiceReference<?> reference) {
    Bundle bundle = reference.getBundle();
    if (bundle == null
        || !(reference.getProperty(Constants.OBJECTCLASS) instanceof String[] types)) {
      return Optional.empty();
    }
    int ranking =
        reference.getProperty(Constants.SERVICE_RANKING) instanceof Integer given ? given : 0;
    return Arrays.stream(types)
        .filter(type -> type.startsWith(API))
        .findFirst()
        .map(
            type ->
                new Found(
                    reference,
                    bundle,
                    type,
                    String.valueOf(reference.getProperty(Components.NAME)),
                    ranking,
                    (Long) Objects.requireNonNull(reference.getProperty(Constants.SERVICE_ID))));
  }

  /** Its PID without an instance. */
  String pid() {
    return ComponentProblems.pid(reference);
  }

  /** The name of the file that configures it, if one does. */
  Optional<String> file() {
    return Optional.ofNullable(reference.getProperty(ConfigurationFiles.FILE_NAME))
        .map(f -> f.toString().replaceFirst(".*/", ""));
  }

  /**
   * Whether it has a name, or {@code name@version} with the version of its bundle or a beginning.
   */
  boolean called(String wanted) {
    int at = wanted.lastIndexOf('@');
    if (at < 0) {
      return name.equals(wanted);
    }
    String version = bundle.getVersion().toString();
    String asked = wanted.substring(at + 1);
    return name.equals(wanted.substring(0, at))
        && (version.equals(asked) || version.startsWith(asked + "."));
  }
}
