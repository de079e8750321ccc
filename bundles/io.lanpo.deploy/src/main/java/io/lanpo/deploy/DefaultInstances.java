package io.lanpo.deploy;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Keeps a component under its own name beside those that files {@code PID~NAME.cfg} make of it: the
 * component runtime gives the one without a configuration up as soon as there is one with an
 * instance. So it gets an instance, too, with an empty configuration.
 */
final class DefaultInstances {
  /** Instance of what {@code PID.cfg} configures, or nobody; no file can have that name. */
  static final String INSTANCE = "/default";

  private final Supplier<ConfigurationAdmin> admin;
  private final DeclaredComponents declared;
  private final Map<String, Configuration> made = new HashMap<>();

  DefaultInstances(Supplier<ConfigurationAdmin> admin, DeclaredComponents declared) {
    this.admin = admin;
    this.declared = declared;
  }

  /**
   * Makes or takes back what keeps the component of a PID.
   *
   * @param names what the files with instances call theirs
   * @param ownFile whether there is a file without an instance, which keeps it
   */
  void keep(String pid, Collection<String> names, boolean ownFile) throws IOException {
    List<String> optional =
        declared.reading(pid).stream()
            .filter(DeclaredComponents.Declared::optional)
            .map(DeclaredComponents.Declared::name)
            .toList();
    boolean needed = !names.isEmpty() && !ownFile && !names.containsAll(optional);
    Configuration there = made.get(pid);
    if (needed && there == null) {
      Configuration bare = admin.get().getFactoryConfiguration(pid, INSTANCE, "?");
      bare.update(new Hashtable<>());
      made.put(pid, bare);
    } else if (!needed && there != null) {
      made.remove(pid);
      if (!ownFile) {
        there.delete();
      }
    }
  }
}
