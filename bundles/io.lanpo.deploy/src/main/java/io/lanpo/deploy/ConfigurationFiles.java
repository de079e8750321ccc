package io.lanpo.deploy;

import io.lanpo.api.component.Components;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.jspecify.annotations.Nullable;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Keeps the configurations of components as the files say. A file {@code PID~NAME.cfg} that is
 * written again makes a component beside the one that serves, which takes its place only when it
 * works; the old one stays for the runs that hold it. A component without a name of its own, {@code
 * PID.cfg}, exists once, so it is made again and runs that held it stop. A component takes either
 * its one file or files with names: the component runtime gives one of both kinds up without a
 * word.
 */
final class ConfigurationFiles implements ArtifactInstaller {
  /** The key under which File Install, and so everybody else, expects the file's name. */
  static final String FILE_NAME = "felix.fileinstall.filename";

  /** Any bundle may use the configuration. */
  private static final String ANY_LOCATION = "?";

  private final Supplier<ConfigurationAdmin> admin;
  private final ConfiguredComponents components;
  private final Retirement retirement;
  private final Ledger ledger;
  private final Map<Path, Written> serving = new HashMap<>();
  private final Map<Path, RefusedFile> refused = new ConcurrentSkipListMap<>();
  private long editions;

  ConfigurationFiles(
      Supplier<ConfigurationAdmin> admin,
      ConfiguredComponents components,
      Retirement retirement,
      Ledger ledger) {
    this.admin = admin;
    this.components = components;
    this.retirement = retirement;
    this.ledger = ledger;
  }

  /** What a file said when it was read, and the configuration that was made of it. */
  private record Written(Configuration configuration, Dictionary<String, Object> values) {
    String pid() {
      return configuration.getPid();
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
  public synchronized void install(File file) throws IOException {
    Path path = file.toPath();
    Dictionary<String, Object> values;
    try {
      values = read(file);
      refuseBesideTheOtherKind(path);
    } catch (IOException | IllegalArgumentException | Refusal e) {
      Refusal refusal =
          e instanceof Refusal known
              ? known
              : new Refusal(
                  String.valueOf(e.getMessage()),
                  "It must be UTF-8 text with lines of the form key = value, each key once.");
      if (serving.containsKey(path)) {
        ledger.refused(
            path,
            new Refusal(
                "what it said before stays in effect: " + refusal.reason(), refusal.nextStep()));
      } else {
        refused.put(
            path,
            new RefusedFile(path, ConfigurationName.of(file.getName()).pid(), name(file), refusal));
        ledger.refused(
            path, new Refusal("it is not in effect: " + refusal.reason(), refusal.nextStep()));
      }
      return;
    }
    refused.remove(path);
    Written before = serving.get(path);
    Written now;
    if (before != null && before.values().equals(values)) {
      now = before;
    } else {
      now = new Written(configuration(file, before), values);
    }
    now.configuration().updateIfDifferent(values);
    try {
      String message = components.configuredBy(file, now.pid());
      serving.put(path, now);
      ledger.active(path, message + replaced(path, before, now));
    } catch (Refusal e) {
      ledger.refused(path, refusal(path, before, now, e));
    }
  }

  private void refuseBesideTheOtherKind(Path path) throws Refusal {
    ConfigurationName name = ConfigurationName.of(String.valueOf(path.getFileName()));
    String pid = name.pid();
    for (Path file : serving.keySet()) {
      String there = String.valueOf(file.getFileName());
      ConfigurationName other = ConfigurationName.of(there);
      if (other.pid().equals(pid) && other.only() != name.only()) {
        throw new Refusal(
            "%s is in effect, and a component has either one file %s.cfg or files %s~NAME.cfg"
                .formatted(there, pid, pid),
            "Give each file a name of its own: %s~NAME.cfg with a lanpo.name in it."
                .formatted(pid));
      }
    }
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
    return new Refusal(
        "what it said before stays in effect: " + reason.reason(), reason.nextStep());
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
    }
    ledger.removed(path, "its configuration has gone");
  }

  /** Files that cannot be read and have nothing in effect. */
  List<RefusedFile> refused() {
    return List.copyOf(refused.values());
  }

  /** The name that a file which cannot be read seems to give its component. */
  private static @Nullable String name(File file) {
    Properties lenient = new Properties();
    try (InputStream in = Files.newInputStream(file.toPath())) {
      lenient.load(in);
    } catch (IOException | IllegalArgumentException e) {
      return null;
    }
    return lenient.getProperty(Components.NAME);
  }

  /** The configuration to write a file's values into. */
  private Configuration configuration(File file, @Nullable Written before) throws IOException {
    String name =
        file.getName().substring(0, file.getName().length() - ConfigurationName.SUFFIX.length());
    int tilde = name.indexOf('~');
    if (tilde < 0) {
      return admin.get().getConfiguration(name, ANY_LOCATION);
    }
    if (before != null && !components.isLive()) {
      return before.configuration();
    }
    String instance = name.substring(tilde + 1) + (before == null ? "" : "." + ++editions);
    return admin.get().getFactoryConfiguration(name.substring(0, tilde), instance, ANY_LOCATION);
  }

  private static void delete(Configuration configuration) {
    try {
      configuration.delete();
    } catch (IOException | IllegalStateException e) {
      // it has gone already, or the platform is going down
      return;
    }
  }

  private static Dictionary<String, Object> read(File file) throws IOException {
    Dictionary<String, Object> values = new Hashtable<>();
    Properties once =
        new Properties() {
          private static final long serialVersionUID = 1L;

          @Override
          public synchronized Object put(Object key, Object value) {
            if (values.put((String) key, ((String) value).strip()) != null) {
              throw new IllegalArgumentException("the key " + key + " is given twice");
            }
            return value;
          }
        };
    try (Reader in = Files.newBufferedReader(file.toPath())) {
      once.load(in);
    } catch (CharacterCodingException e) {
      throw new IOException("it is not UTF-8 text", e);
    }
    values.put(FILE_NAME, file.toURI().toString());
    return values;
  }
}
