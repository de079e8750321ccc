package io.lanpo.runtime;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
  /**
   * How long the end may take: a run reaches the end of its step, or is ended within it, and saves
   * a checkpoint. A process that ended while native code computes would crash.
   */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

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
    int code;
    try {
      code = launch(args);
    } catch (LaunchException e) {
      String.valueOf(e.getMessage()).lines().forEach(line -> System.err.println("lanpo: " + line));
      if (debug(args)) {
        e.printStackTrace();
      }
      code = 1;
    }
    System.exit(code);
  }

  private static int launch(String... args) throws LaunchException {
    Folders folders =
        Folders.of(Path.of(System.getProperty("lanpo.home", "runtime")), System.getenv());
    JvmCheck.check(folders.home().resolve("etc/jvm.options"), ModuleLayer.boot());
    boolean interactive = args.length == 0 || (args.length == 1 && args[0].equals("shell"));
    String features =
        System.getenv().getOrDefault("LANPO_FEATURES", System.getProperty("lanpo.features", ""));
    Product product = Product.read(folders.product(), Set.of(features.split(",", -1)), interactive);
    Path cache = temporaryFolder();
    Map<String, String> known = new HashMap<>(folders.properties());
    known.put("lanpo.cache", cache.toString());
    known.put("lanpo.debug", Boolean.toString(debug(args)));
    if (!interactive) {
      known.put("lanpo.command.args", FrameworkProperties.jsonArray(args));
      Interrupts.handle();
    }
    // the logging configuration can refer to system properties only
    System.setProperty("lanpo.var", folders.var().toString());
    System.setProperty("lanpo.log.exceptions", debug(args) ? "%ex" : "%nopex");
    Path file = folders.product().resolve("framework.properties");
    Map<String, String> properties = FrameworkProperties.read(file, known);
    properties.put("org.osgi.framework.storage", cache.resolve("framework").toString());
    Platform platform = new Platform(product, properties);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(platform, cache), "lanpo-end"));
    for (String warning : platform.start()) {
      System.err.println("lanpo: " + warning);
    }
    if (!interactive) {
      checkCommandRuns();
    }
    try {
      platform.awaitStop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LaunchException("interrupted", e);
    }
    // a process that ends by a signal has its exit code already
    return interactive || platform.stopping() ? 0 : exitCode();
  }

  /** A product in which nothing takes the command would wait for ever. */
  private static void checkCommandRuns() throws LaunchException {
    Thread[] threads = new Thread[2 * Thread.activeCount()];
    int count = Thread.enumerate(threads);
    boolean runs =
        Arrays.stream(threads, 0, count).anyMatch(t -> t.getName().equals("lanpo-command"));
    if (!runs && System.getProperty(EXIT) == null) {
      throw new LaunchException(
          "nothing here runs commands: the bundle io.lanpo.shell or its component OneShot did not start");
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

  /** Runs however the process ends, short of being killed. */
  private static void end(Platform platform, Path cache) {
    if (!platform.stop(PATIENCE)) {
      System.err.println("lanpo: the framework did not stop within " + PATIENCE.toSeconds() + " s");
    }
    try {
      TemporaryFolder.delete(cache);
    } catch (IOException e) {
      System.err.println("lanpo: cannot remove " + cache + ": " + e);
    }
  }
}
