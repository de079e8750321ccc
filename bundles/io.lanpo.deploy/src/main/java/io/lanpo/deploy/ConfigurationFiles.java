package io.lanpo.deploy;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Properties;
import java.util.function.Supplier;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Keeps the configurations of components as the files say. */
final class ConfigurationFiles implements ArtifactInstaller {
  /** The key under which File Install, and so everybody else, expects the file's name. */
  static final String FILE_NAME = "felix.fileinstall.filename";

  private static final String SUFFIX = ".cfg";

  /** Any bundle may use the configuration. */
  private static final String ANY_LOCATION = "?";

  private final Supplier<ConfigurationAdmin> admin;
  private final ConfiguredComponents components;
  private final Ledger ledger;

  ConfigurationFiles(
      Supplier<ConfigurationAdmin> admin, ConfiguredComponents components, Ledger ledger) {
    this.admin = admin;
    this.components = components;
    this.ledger = ledger;
  }

  @Override
  public boolean canHandle(File file) {
    return file.getName().endsWith(SUFFIX);
  }

  /** A file that cannot be read changes nothing; it is tried again when it changes. */
  @Override
  public void install(File file) throws IOException {
    Dictionary<String, Object> values;
    try {
      values = read(file);
    } catch (IOException | IllegalArgumentException e) {
      ledger.refused(
          file.toPath(),
          new Refusal(
              "it is not in effect: " + e.getMessage(),
              "It must be UTF-8 text with lines of the form key = value."));
      return;
    }
    configuration(file).updateIfDifferent(values);
    try {
      ledger.active(file.toPath(), components.configuredBy(file));
    } catch (Refusal e) {
      ledger.refused(file.toPath(), e);
    }
  }

  @Override
  public void update(File file) throws IOException {
    install(file);
  }

  @Override
  public void uninstall(File file) throws IOException {
    configuration(file).delete();
    ledger.removed(file.toPath(), "its configuration has gone");
  }

  private Configuration configuration(File file) throws IOException {
    String name = file.getName().substring(0, file.getName().length() - SUFFIX.length());
    int tilde = name.indexOf('~');
    return tilde < 0
        ? admin.get().getConfiguration(name, ANY_LOCATION)
        : admin
            .get()
            .getFactoryConfiguration(
                name.substring(0, tilde), name.substring(tilde + 1), ANY_LOCATION);
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
    }
    values.put(FILE_NAME, file.toURI().toString());
    return values;
  }
}
