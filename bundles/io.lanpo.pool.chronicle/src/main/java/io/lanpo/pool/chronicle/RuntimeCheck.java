package io.lanpo.pool.chronicle;

import com.github.luben.zstd.util.Native;
import io.lanpo.api.component.UserException;
import java.util.List;

/**
 * Whether this Java runtime gives Chronicle Map and zstd what they need. Without it they fail deep
 * inside.
 */
final class RuntimeCheck {
  private record Access(String module, String packageName, boolean open) {
    boolean granted() {
      Module reader = RuntimeCheck.class.getModule();
      return ModuleLayer.boot()
          .findModule(module)
          .map(m -> open ? m.isOpen(packageName, reader) : m.isExported(packageName, reader))
          .orElse(false);
    }

    String option() {
      return "--add-%s=%s/%s=ALL-UNNAMED"
          .formatted(open ? "opens" : "exports", module, packageName);
    }
  }

  private static final List<Access> NEEDED =
      List.of(
          new Access("java.base", "sun.nio.ch", false),
          new Access("jdk.compiler", "com.sun.tools.javac.file", false),
          new Access("java.base", "java.lang", true),
          new Access("java.base", "java.lang.reflect", true));

  private RuntimeCheck() {}

  /**
   * @throws UserException when the runtime is no JDK, when an option is missing, naming all that
   *     are, or when zstd's library cannot be loaded
   */
  static void demand() {
    if (ModuleLayer.boot().findModule("jdk.compiler").isEmpty()) {
      throw new UserException(
          "The pool store chronicle needs a JDK, but the Java runtime in %s has no compiler (module jdk.compiler)."
              .formatted(System.getProperty("java.home")),
          "Install a JDK of version 17 or later and point JAVA_HOME at it.");
    }
    List<String> missing = NEEDED.stream().filter(a -> !a.granted()).map(Access::option).toList();
    if (!missing.isEmpty()) {
      throw new UserException(
          "The pool store chronicle needs Java options that this process was started without: %s."
              .formatted(String.join(" ", missing)),
          "Start with runtime/bin/lanpo, which passes runtime/etc/jvm.options, or add them to the java command.");
    }
    demandLibrary();
  }

  /** It is unpacked into the folder for temporary files, which some machines do not let run. */
  private static void demandLibrary() {
    try {
      Native.load();
    } catch (LinkageError e) {
      throw new UserException(
          "The pool store chronicle cannot load the library zstd from the folder for temporary files %s: %s"
              .formatted(System.getProperty("java.io.tmpdir"), e.getMessage()),
          "Name a folder from which programs may run: LANPO_JVM_OPTS=-Djava.io.tmpdir=FOLDER",
          e);
    }
  }
}
