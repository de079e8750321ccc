package io.lanpo.runtime;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code Launcher COMMAND [ARGUMENT]…} runs one command and exits with its code; without a command,
 * or with {@code shell}, it is an interactive shell.
 *
 * <p>Every process has a framework cache of its own, in the folder for temporary files, so that any
 * number of them can run beside each other and none finds what another left. What lasts is in files
 * that the user sees: configurations, bundles in deploy/, runs, pools.
 */
public final class Launcher {
  /** What a process unpacks into its folder for temporary files, in bytes, with some to spare. */
  private static final long UNPACKED = 64 << 20;

  /** The system property with the exit code of the command. */
  private static final String EXIT = "lanpo.exit";

  /** Set where java.io.tmpdir is a folder that the start script has made for this process. */
  private static final String TEMPORARY = "lanpo.temporary";

  private static final String MORE_SPACE =
      "free some space there or set LANPO_JVM_OPTS=-Djava.io.tmpdir=FOLDER";

  private Launcher() {}

  public static void main(String[] args) {
    // A class loader here would be found by the shell's terminal library, which then takes the
    // wrong terminal.
    Thread.currentThread().setContextClassLoader(null);
    System.setOut(InertStream.on(System.out, false));
    System.setErr(InertStream.on(System.err, live()));
    Ending ending = new Ending();
    Interrupts.handle(ending);
    int code = 1;
    try {
      code = ending.prepare() ? launch(ending, args) : 1;
    } catch (LaunchException e) {
      // what fails because the end has begun is no news
      if (!ending.begun()) {
        String.valueOf(e.getMessage())
            .lines()
            .forEach(line -> System.err.println("lanpo: " + line));
        if (debug(args)) {
          e.printStackTrace();
        }
      }
    } catch (RuntimeException e) {
      if (!ending.begun()) {
        System.err.println("lanpo: the platform cannot be started: " + e);
        if (debug(args)) {
          e.printStackTrace();
        }
      }
    }
    ending.exit(code);
  }

  private static int launch(Ending ending, String... args) throws LaunchException {
    if (!System.getProperty(TEMPORARY, "").isEmpty()) {
      ending.deletes(Path.of(System.getProperty("java.io.tmpdir")));
    }
    Folders folders = folders();
    JvmCheck.check(folders.home().resolve("etc/jvm.options"), ModuleLayer.boot());
    boolean interactive = args.length == 0 || (args.length == 1 && args[0].equals("shell"));
    String features =
        System.getenv().getOrDefault("LANPO_FEATURES", System.getProperty("lanpo.features", ""));
    Product product = Product.read(folders.product(), Set.of(features.split(",", -1)), interactive);
    Path cache = temporaryFolder();
    ending.deletes(cache);
    Map<String, String> known = new HashMap<>(folders.properties());
    known.put("lanpo.cache", cache.toString());
    known.put("lanpo.debug", Boolean.toString(debug(args)));
    if (!interactive) {
      known.put("lanpo.command.args", FrameworkProperties.jsonArray(args));
    }
    // the logging configuration can refer to system properties only
    System.setProperty("lanpo.var", folders.var().toString());
    System.setProperty("lanpo.log.exceptions", debug(args) ? "%ex" : "%nopex");
    Path file = folders.product().resolve("framework.properties");
    Map<String, String> properties = FrameworkProperties.read(file, known);
    properties.put("org.osgi.framework.storage", cache.resolve("framework").toString());
    Platform platform = new Platform(product, properties);
    ending.stops(platform);
    platform.start();
    if (!interactive) {
      checkCommandRuns();
    }
    try {
      String left = platform.awaitStop();
      ending.stopped();
      if (!left.isEmpty() && !ending.begun()) {
        System.err.println("lanpo: " + left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LaunchException("interrupted", e);
    }
    // a process that ends by a signal has its exit code already
    return interactive || ending.begun() ? 0 : exitCode();
  }

  /** Whether standard error is a terminal on which the shell's progress line is overwritten. */
  private static boolean live() {
    return Boolean.getBoolean("lanpo.terminal.err") && !"dumb".equals(System.getenv("TERM"));
  }

  private static Folders folders() throws LaunchException {
    try {
      return Folders.of(Path.of(System.getProperty("lanpo.home", "runtime")), System.getenv());
    } catch (InvalidPathException e) {
      throw new LaunchException(
          "the locale of this process cannot name the folder %s; set LC_ALL=C.UTF-8"
              .formatted(e.getInput()),
          e);
    }
  }

  /** A product in which nothing takes the command would wait for ever. */
  private static void checkCommandRuns() throws LaunchException {
    Thread[] threads = new Thread[2 * Thread.activeCount()];
    int count = Thread.enumerate(threads);
    boolean runs =
        Arrays.stream(threads, 0, count).anyMatch(t -> t.getName().equals("lanpo-command"));
    if (!runs && System.getProperty(EXIT) == null) {
      throw new LaunchException(
          "nothing here runs commands: the bundle io.lanpo.shell or its component OneShot did not"
              + " start");
    }
  }

  private static int exitCode() throws LaunchException {
    String code = System.getProperty(EXIT);
    if (code == null) {
      throw new LaunchException("the framework stopped before the command had ended");
    }
    return Integer.parseInt(code);
  }

  private static boolean debug(String... args) {
    return List.of(args).contains("--debug");
  }

  private static Path temporaryFolder() throws LaunchException {
    String given = System.getProperty(TEMPORARY, "");
    Path place = Path.of(System.getProperty("java.io.tmpdir"));
    Path parent = given.isEmpty() ? place : place.toAbsolutePath().getParent();
    try {
      Path folder = given.isEmpty() ? TemporaryFolder.make(place) : TemporaryFolder.take(place);
      TemporaryFolder.removeLeftOvers(folder);
      // later it would show as classes that cannot be found
      FileStore disk = Files.getFileStore(folder);
      long free = disk.getUsableSpace();
      if (disk.getTotalSpace() > 0 && free < UNPACKED) {
        TemporaryFolder.delete(folder);
        throw new LaunchException(
            "the folder for temporary files %s has %d MB free, %d MB are needed; %s"
                .formatted(parent, free >> 20, UNPACKED >> 20, MORE_SPACE));
      }
      return folder;
    } catch (IOException e) {
      throw new LaunchException(
          "cannot create a temporary folder in %s (%s); %s".formatted(parent, e, MORE_SPACE), e);
    }
  }
}
