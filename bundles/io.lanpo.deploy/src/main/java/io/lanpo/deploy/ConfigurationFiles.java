package io.lanpo.deploy;

import io.lanpo.api.component.Components;
import io.lanpo.deploy.guard.Refusal;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Keeps the configurations of components as the files say. {@code PID.cfg} configures the component
 * under its own name, and each {@code PID~NAME.cfg} makes another one of it, called NAME unless the
 * file gives a {@code lanpo.name}. A file with a name that is written again makes a component
 * beside the one that serves, which takes its place only when it works; the old one stays for the
 * runs that hold it. A component with {@code PID.cfg} alone exists once, so it is made again and
 * runs that held it stop.
 */
final class ConfigurationFiles implements ArtifactInstaller {
  /** The key under which File Install, and so everybody else, expects the file's name. */
  static final String FILE_NAME = "felix.fileinstall.filename";

  /** Any bundle may use the configuration. */
  private static final String ANY_LOCATION = "?";

  /** What the instance of a file that was written again ends with. */
  private static final Pattern EDITION = Pattern.compile("\\.(\\d{1,9})$");

  private final Supplier<ConfigurationAdmin> admin;
  private final ConfiguredComponents components;
  private final Retirement retirement;
  private final Ledger ledger;
  private final DeclaredComponents declared;
  private final DefaultInstances defaults;
  private final Runnable changed;
  private final Map<Path, Written> serving = new HashMap<>();
  private final Map<Path, RefusedFile> refused = new ConcurrentSkipListMap<>();
  private long editions;

  /** Files that File Install will report once more, although nothing may have changed. */
  private final Set<Path> adopted = new HashSet<>();

  /**
   * @param changed is run when a file has taken effect
   */
  ConfigurationFiles(
      Supplier<ConfigurationAdmin> admin,
      ConfiguredComponents components,
      Retirement retirement,
      Ledger ledger,
      DeclaredComponents declared,
      Runnable changed) {
    this.admin = admin;
    this.components = components;
    this.retirement = retirement;
    this.ledger = ledger;
    this.declared = declared;
    this.defaults = new DefaultInstances(admin, declared);
    this.changed = changed;
  }

  /** What a file said when it was read, and the configuration that was made of it. */
  private record Written(Configuration configuration, Dictionary<String, Object> values) {
    String pid() {
      return configuration.getPid();
    }

    /** Whether it is one of several of its component. */
    boolean isInstance() {
      return configuration.getFactoryPid() != null;
    }

    String name() {
      return String.valueOf(values.get(Components.NAME));
    }
  }

  /** A configuration in whose place another one serves. */
  private record Replaced(Configuration configuration, ConfiguredComponents components)
      implements Retirement.Replaced {
    @Override
    public boolean held() {
      return components.held(configuration.getPid());
    }

    @Override
    public void remove() {
      delete(configuration);
    }
  }

  @Override
  public boolean canHandle(File file) {
    return file.getName().endsWith(ConfigurationName.SUFFIX);
  }

  /** A file that cannot be read changes nothing; it is tried again when it changes. */
  @Override
  public void install(File file) throws IOException {
    if (take(file)) {
      changed.run();
    }
  }

  private synchronized boolean take(File file) throws IOException {
    Path path = file.toPath();
    ConfigurationName name = ConfigurationName.of(file.getName());
    Dictionary<String, Object> values;
    try {
      values = read(path, name);
    } catch (Refusal e) {
      refuse(path, name, e);
      return false;
    }
    refused.remove(path);
    Written before = serving.get(path);
    if (adopted.remove(path) && before != null && before.values().equals(values)) {
      return false;
    }
    Written now;
    if (before != null && before.values().equals(values)) {
      now = before;
    } else {
      if (!name.only()) {
        makeRoomFor(name.pid());
        keepDefault(name.pid(), String.valueOf(values.get(Components.NAME)));
      }
      before = serving.get(path);
      now = new Written(configuration(name, before), values);
    }
    now.configuration().updateIfDifferent(values);
    try {
      String message = components.configuredBy(file, now.pid());
      serving.put(path, now);
      keepDefault(name.pid());
      ledger.active(path, message + replaced(path, before, now));
      return true;
    } catch (Refusal e) {
      ledger.refused(path, refusal(path, before, now, e));
      keepDefault(name.pid());
      return false;
    }
  }

  private void refuse(Path path, ConfigurationName name, Refusal refusal) {
    if (serving.containsKey(path)) {
      ledger.refused(
          path, refusal.saying("what it said before stays in effect: " + refusal.reason()));
    } else {
      refused.put(path, new RefusedFile(path, name.pid(), name(path, name), refusal));
      ledger.refused(path, refusal.saying("it is not in effect: " + refusal.reason()));
    }
  }

  /** What {@code PID.cfg} says becomes one of several, before there is another. */
  private void makeRoomFor(String pid) throws IOException {
    Path only = null;
    for (Path path : serving.keySet()) {
      ConfigurationName name = nameOf(path);
      if (name.only() && name.pid().equals(pid)) {
        only = path;
      }
    }
    Written alone = only == null ? null : serving.get(only);
    if (alone == null || alone.isInstance()) {
      return;
    }
    // the component runtime does not take an instance while there is the other kind
    alone.configuration().delete();
    Configuration instance =
        admin.get().getFactoryConfiguration(pid, DefaultInstances.INSTANCE, ANY_LOCATION);
    instance.updateIfDifferent(alone.values());
    serving.put(only, new Written(instance, alone.values()));
  }

  /** Another bundle may have brought a component that files make several of. */
  synchronized void keepDefaults() throws IOException {
    for (String pid : serving.keySet().stream().map(p -> nameOf(p).pid()).distinct().toList()) {
      keepDefault(pid);
    }
  }

  private void keepDefault(String pid, String... coming) throws IOException {
    TreeSet<String> names = new TreeSet<>(List.of(coming));
    boolean ownFile = false;
    for (Map.Entry<Path, Written> each : serving.entrySet()) {
      ConfigurationName name = nameOf(each.getKey());
      if (name.pid().equals(pid)) {
        ownFile |= name.only();
        if (!name.only()) {
          names.add(each.getValue().name());
        }
      }
    }
    defaults.keep(pid, names, ownFile);
  }

  private String replaced(Path path, @Nullable Written before, Written now) {
    if (before == null || before.pid().equals(now.pid())) {
      return "";
    }
    return retirement.whenFree(path, new Replaced(before.configuration(), components))
        ? "; runs that hold it as it was before keep it to their end"
        : "";
  }

  private Refusal refusal(Path path, @Nullable Written before, Written now, Refusal reason) {
    if (before == null || before.pid().equals(now.pid())) {
      serving.put(path, now);
      return reason;
    }
    delete(now.configuration());
    return reason.saying("what it said before stays in effect: " + reason.reason());
  }

  @Override
  public void update(File file) throws IOException {
    install(file);
  }

  @Override
  public synchronized void uninstall(File file) throws IOException {
    Path path = file.toPath();
    Written written = serving.remove(path);
    refused.remove(path);
    retirement.now(path);
    if (written != null) {
      written.configuration().delete();
      keepDefault(nameOf(path).pid());
    }
    ledger.removed(path, "its configuration has gone");
  }

  /** Takes over the configurations that a deployment before this one has made of files. */
  synchronized void adopt() throws IOException {
    Configuration[] all;
    try {
      all = admin.get().listConfigurations("(%s=file:*)".formatted(FILE_NAME));
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
    for (Configuration each : all == null ? new Configuration[0] : all) {
      Dictionary<String, Object> values = new Hashtable<>();
      Dictionary<String, Object> there = each.getProperties();
      for (String key : Collections.list(there.keys())) {
        if (!key.equals(Constants.SERVICE_PID) && !key.equals("service.factoryPid")) {
          values.put(key, there.get(key));
        }
      }
      Path path = Path.of(URI.create(String.valueOf(there.get(FILE_NAME))));
      serving.put(path, new Written(each, values));
      adopted.add(path);
      ledger.active(path, "it was there at the start");
      Matcher edition = EDITION.matcher(each.getPid());
      if (edition.find()) {
        editions = Math.max(editions, Long.parseLong(edition.group(1)));
      }
    }
    keepDefaults();
  }

  /** Files that cannot be read and have nothing in effect. */
  List<RefusedFile> refused() {
    return List.copyOf(refused.values());
  }

  /** The name that a file which cannot be read seems to give its component. */
  private static @Nullable String name(Path file, ConfigurationName name) {
    String given = ConfigurationText.lenient(file).getProperty(Components.NAME);
    return given == null && !name.only() ? name.instance() : given;
  }

  /** The configuration to write a file's values into. */
  private Configuration configuration(ConfigurationName name, @Nullable Written before)
      throws IOException {
    boolean several =
        serving.entrySet().stream()
            .anyMatch(
                e -> nameOf(e.getKey()).pid().equals(name.pid()) && e.getValue().isInstance());
    if (name.only() && !several) {
      return admin.get().getConfiguration(name.pid(), ANY_LOCATION);
    }
    if (before != null && !components.isLive()) {
      return before.configuration();
    }
    String instance =
        (name.only() ? DefaultInstances.INSTANCE : name.instance())
            + (before == null ? "" : "." + ++editions);
    return admin.get().getFactoryConfiguration(name.pid(), instance, ANY_LOCATION);
  }

  private static ConfigurationName nameOf(Path path) {
    return ConfigurationName.of(String.valueOf(path.getFileName()));
  }

  private static void delete(Configuration configuration) {
    try {
      configuration.delete();
    } catch (IOException | IllegalStateException e) {
      // it has gone already, or the platform is going down
      return;
    }
  }

  private Dictionary<String, Object> read(Path file, ConfigurationName name) throws Refusal {
    if (name.only() && String.valueOf(file.getFileName()).contains("~")) {
      throw new Refusal(
          "there is no name between ~ and .cfg",
          "Write %s~NAME.cfg, or %s.cfg for the component's own name."
              .formatted(name.pid(), name.pid()));
    }
    Map<String, String> given = ConfigurationText.read(file);
    String called = given.get(Components.NAME);
    if (called == null && !name.only()) {
      called = name.instance();
    }
    if (called != null) {
      ConfigurationText.checkName(called);
      refuseToNameSeveral(name, called);
    }
    Dictionary<String, Object> values = new Hashtable<>(given);
    if (called != null) {
      values.put(Components.NAME, called);
    }
    values.put(FILE_NAME, file.toFile().toURI().toString());
    return values;
  }

  /**
   * A file that configures several components would call each of them by one name: of those that
   * are of one kind only one could serve.
   */
  private void refuseToNameSeveral(ConfigurationName name, String called) throws Refusal {
    List<DeclaredComponents.Declared> readers = declared.reading(name.pid());
    List<String> several =
        readers.stream()
            .filter(one -> name.only() || readers.stream().anyMatch(other -> rival(one, other)))
            .map(DeclaredComponents.Declared::name)
            .distinct()
            .toList();
    if (several.size() > 1) {
      throw name.only()
          ? new Refusal(
              "lanpo.name = %s would rename %s at once"
                  .formatted(called, String.join(" and ", several)),
              "Remove the key.")
          : new Refusal(
              "it would make one more of %s, each called %s"
                  .formatted(String.join(" and of ", several), called),
              "Only a component that alone reads %s can be made several times."
                  .formatted(name.pid()));
    }
  }

  private static boolean rival(DeclaredComponents.Declared one, DeclaredComponents.Declared other) {
    return !one.name().equals(other.name()) && !Collections.disjoint(one.kinds(), other.kinds());
  }
}
