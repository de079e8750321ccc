package io.lanpo.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether this JVM can run the platform: a JDK, and the options of {@code etc/jvm.options} in
 * effect.
 */
final class JvmCheck {
  private static final Pattern MODULE_OPTION =
      Pattern.compile("--add-(exports|opens)=([\\w.]+)/([\\w.]+)=ALL-UNNAMED");
  private static final Pattern PROPERTY = Pattern.compile("-D([^=]+)=.*");

  private JvmCheck() {}

  /**
   * Asks for the effect of each option, not for its text: an option may come from elsewhere and be
   * spelled otherwise.
   */
  static void check(Path options, ModuleLayer layer) throws LaunchException {
    if (layer.findModule("jdk.compiler").isEmpty()) {
      throw new LaunchException(
          "this Java at "
              + System.getProperty("java.home")
              + " is a runtime without the compiler (module jdk.compiler), which the experience pool needs;"
              + " install a JDK 17 or later, or set JAVA_HOME to one");
    }
    List<String> missing;
    try (var lines = Files.lines(options)) {
      missing =
          lines
              .map(String::strip)
              .filter(line -> !line.isEmpty() && line.charAt(0) != '#')
              .filter(line -> !inEffect(line, layer))
              .toList();
    } catch (IOException e) {
      throw new LaunchException("cannot read the JVM options: " + e, e);
    }
    if (!missing.isEmpty()) {
      throw new LaunchException(
          "the JVM was started without "
              + String.join(" ", missing)
              + "; start the platform with runtime/bin/lanpo, or give java @"
              + options);
    }
  }

  /** Options that only tune ({@code -X…}) are not asked for. */
  private static boolean inEffect(String option, ModuleLayer layer) {
    Matcher module = MODULE_OPTION.matcher(option);
    if (module.matches()) {
      Optional<Module> found = layer.findModule(module.group(2));
      Module own = JvmCheck.class.getModule();
      String name = module.group(3);
      return found.isPresent()
          && (module.group(1).equals("opens")
              ? found.get().isOpen(name, own)
              : found.get().isExported(name, own));
    }
    Matcher property = PROPERTY.matcher(option);
    return !property.matches() || System.getProperty(property.group(1)) != null;
  }
}
