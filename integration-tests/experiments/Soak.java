import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * Small runs one after the other in one shell, while bundles of every kind of component are
 * replaced by newer ones and taken away again. After each run: what the process holds.
 *
 * <p>Arguments: the runtime's folder, minutes, a file for a line a run. Prints a table in Markdown.
 */
public final class Soak {
  private static final List<String> SWAPPED =
      List.of(
          "io.lanpo.policy.djl",
          "io.lanpo.objective",
          "io.lanpo.tasks",
          "io.lanpo.schedule",
          "io.lanpo.verifier.exact",
          "io.lanpo.feedback",
          "io.lanpo.reflection",
          "io.lanpo.abstraction",
          "io.lanpo.similarity",
          "io.lanpo.metrics",
          "io.lanpo.pool.chronicle");

  private static final String TRAIN =
      "train micro-smoke --set task.operators=4 --set task.training-inputs=20"
          + " --set coldstart.steps=200 --set policy.width=64 --set policy.layers=2"
          + " --set distil.per-problem=4 --set objective.replay=4 --set steps=";

  private static final String PROMPT = "lanpo>";
  private static final int RUNS_KEPT = 3;
  private static final int PATIENCE_SECONDS = 300;

  /** What the process holds after a run. */
  private record Held(
      int run,
      double seconds,
      double rss,
      double heap,
      double metaspace,
      double classes,
      double threads,
      double files,
      double temporary) {
    private static final String HEAD =
        "run\tseconds\trss MiB\theap MiB\tmetaspace MiB\tclasses\tthreads\tfiles\ttemporary";

    String line() {
      return String.format(
          Locale.ROOT,
          "%d\t%.1f\t%.1f\t%.1f\t%.1f\t%.0f\t%.0f\t%.0f\t%.0f",
          run,
          seconds,
          rss,
          heap,
          metaspace,
          classes,
          threads,
          files,
          temporary);
    }
  }

  private final Path home;
  private final Path work;
  private final Process shell;
  private final OutputStream keyboard;
  private final StringBuffer screen = new StringBuffer();

  private Soak(Path home) throws IOException {
    this.home = home;
    this.work = Files.createTempDirectory("soak");
    for (String folder : List.of("deploy", "runs", "var", "tmp", "newer")) {
      Files.createDirectories(work.resolve(folder));
    }
    ProcessBuilder builder =
        new ProcessBuilder(home.resolve("bin/lanpo").toString(), "shell").redirectErrorStream(true);
    builder.environment().put("LANPO_DEPLOY", work.resolve("deploy").toString());
    builder.environment().put("LANPO_RUNS", work.resolve("runs").toString());
    builder.environment().put("LANPO_VAR", work.resolve("var").toString());
    builder.environment().put("LANPO_JVM_OPTS", "-Djava.io.tmpdir=" + work.resolve("tmp"));
    this.shell = builder.start();
    this.keyboard = shell.getOutputStream();
    Thread reader = new Thread(this::follow);
    reader.setDaemon(true);
    reader.start();
  }

  public static void main(String[] arguments) throws Exception {
    Soak soak = new Soak(Path.of(arguments[0]));
    try (PrintStream lines = new PrintStream(arguments[2], UTF_8)) {
      lines.println(Held.HEAD);
      report(soak.held((long) (Double.parseDouble(arguments[1]) * 60e9), lines));
    } finally {
      soak.keyboard.close();
      soak.shell.destroy();
    }
  }

  private List<Held> held(long nanos, PrintStream lines) throws Exception {
    List<Held> all = new ArrayList<>();
    await(0, PROMPT);
    long begin = System.nanoTime();
    for (int run = 1; System.nanoTime() - begin < nanos; run++) {
      String bundle = SWAPPED.get(run % SWAPPED.size());
      Path jar = work.resolve("deploy").resolve(bundle + ".jar");
      long started = System.nanoTime();
      int from = type(TRAIN + (2 + run % 2));
      // between two runs as it ends, and in every other one while it goes on
      if (run % 2 == 0) {
        Thread.sleep(500);
        Files.move(newer(bundle, run), jar, StandardCopyOption.ATOMIC_MOVE);
      }
      ran(from);
      double seconds = (System.nanoTime() - started) / 1e9;
      if (run % 2 == 1) {
        Files.move(newer(bundle, run), jar, StandardCopyOption.ATOMIC_MOVE);
        ran(type(TRAIN + 2));
      }
      Files.delete(jar);
      clear();
      all.add(measured(run, seconds));
      lines.println(all.get(all.size() - 1).line());
    }
    return all;
  }

  /** Medians of the second and of the last quarter: the first is still warming up. */
  private static void report(List<Held> all) {
    int quarter = all.size() / 4;
    List<Held> early = all.subList(quarter, 2 * quarter);
    List<Held> late = all.subList(all.size() - quarter, all.size());
    System.out.printf("%d turns%n%n| after a run | second quarter | last quarter |%n", all.size());
    System.out.println("|---|---|---|");
    row("seconds of the run", Held::seconds, early, late);
    row("resident memory, MiB", Held::rss, early, late);
    row("Java heap after a collection, MiB", Held::heap, early, late);
    row("metaspace, MiB", Held::metaspace, early, late);
    row("loaded classes", Held::classes, early, late);
    row("threads", Held::threads, early, late);
    row("open files", Held::files, early, late);
    row("temporary files", Held::temporary, early, late);
  }

  private static void row(
      String what, ToDoubleFunction<Held> of, List<Held> early, List<Held> late) {
    System.out.printf(
        Locale.ROOT, "| %s | %.1f | %.1f |%n", what, median(early, of), median(late, of));
  }

  private static double median(List<Held> of, ToDoubleFunction<Held> figure) {
    double[] sorted = of.stream().mapToDouble(figure).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private Held measured(int run, double seconds) throws Exception {
    long pid = java();
    jcmd(pid, "GC.run");
    String heap = jcmd(pid, "GC.heap_info");
    String counters = jcmd(pid, "PerfCounter.print");
    double classes =
        number(counters, "java.cls.loadedClasses=(\\d+)")
            + number(counters, "java.cls.sharedLoadedClasses=(\\d+)")
            - number(counters, "java.cls.unloadedClasses=(\\d+)")
            - number(counters, "java.cls.sharedUnloadedClasses=(\\d+)");
    return new Held(
        run,
        seconds,
        number(Files.readString(Path.of("/proc/%d/status".formatted(pid))), "VmRSS:\\s+(\\d+)")
            / 1024,
        sum(heap, "total \\d+K,\\s+used (\\d+)K") / 1024,
        number(heap, "Metaspace\\s+used (\\d+)K") / 1024,
        classes,
        count(Path.of("/proc/%d/task".formatted(pid))),
        count(Path.of("/proc/%d/fd".formatted(pid))),
        files(work.resolve("tmp")));
  }

  /** The virtual machine: the script hands over to it. */
  private long java() {
    return shell.pid();
  }

  private static double number(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    return matcher.find() ? Double.parseDouble(matcher.group(1)) : Double.NaN;
  }

  /** A heap may have several parts. */
  private static double sum(String text, String pattern) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .mapToDouble(match -> Double.parseDouble(match.group(1)))
        .sum();
  }

  private static double count(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.count();
    }
  }

  private static double files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).count();
    }
  }

  private static String jcmd(long pid, String command) throws Exception {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Process process =
        new ProcessBuilder(jcmd, Long.toString(pid), command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return said;
  }

  /** Runs that are over fill the disk only. */
  private void clear() throws IOException {
    List<Path> runs;
    try (Stream<Path> all = Files.list(work.resolve("runs"))) {
      runs = all.filter(Files::isDirectory).sorted().toList();
    }
    for (Path run : runs.subList(0, Math.max(0, runs.size() - RUNS_KEPT))) {
      try (Stream<Path> all = Files.walk(run)) {
        for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** The platform's bundle, which says that it is newer. */
  private Path newer(String bundle, int number) throws IOException {
    Path jar = work.resolve("newer").resolve(bundle + ".jar");
    Path product;
    try (Stream<Path> all = Files.walk(home.resolve("target/lanpo/bundles"))) {
      product =
          all.filter(f -> f.getFileName().toString().matches(bundle + "-\\d.*\\.jar"))
              .findFirst()
              .orElseThrow();
    }
    try (JarFile of = new JarFile(product.toFile())) {
      Manifest manifest = new Manifest(of.getManifest());
      Attributes headers = manifest.getMainAttributes();
      headers.putValue("Bundle-Version", "0.1." + number);
      try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
        for (ZipEntry entry : of.stream().toList()) {
          if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
            out.putNextEntry(new ZipEntry(entry.getName()));
            of.getInputStream(entry).transferTo(out);
            out.closeEntry();
          }
        }
      }
    }
    return jar;
  }

  /** Types a line and says where what is said after it begins. */
  private int type(String line) throws IOException {
    int from = screen.length();
    keyboard.write((line + "\n").getBytes(UTF_8));
    keyboard.flush();
    return from;
  }

  /** Waits until a run has ended. A notice of what was deployed shows the prompt again before. */
  private void ran(int from) throws InterruptedException {
    await(await(from, "run folder"), PROMPT);
  }

  /** Waits until something is said and says where it ends. */
  private int await(int from, String word) throws InterruptedException {
    long begin = System.nanoTime();
    while (screen.indexOf(word, from) < 0) {
      if (!shell.isAlive() || System.nanoTime() - begin > PATIENCE_SECONDS * 1e9) {
        throw new IllegalStateException("not " + word + ": " + screen.substring(from));
      }
      Thread.sleep(20);
    }
    return screen.indexOf(word, from) + word.length();
  }

  private void follow() {
    byte[] bytes = new byte[4096];
    try (InputStream in = shell.getInputStream()) {
      for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
        screen.append(new String(bytes, 0, n, UTF_8));
      }
    } catch (IOException e) {
      screen.append(e);
    }
  }
}
