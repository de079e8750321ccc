package io.lanpo.verifier.code;

import io.lanpo.libs.threads.DaemonThreads;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs a command in namespaces of its own: no network, no file of the host but {@code /usr}
 * (read-only), nothing to write to, no other process in sight, limits on time, memory, processes.
 *
 * <p>There is no /proc and no temporary folder inside: memory that files take is counted by no
 * limit. Safe for use by several threads; no more commands run at a time than there are processors,
 * so that one sample does not use up the time of another.
 */
final class Sandbox implements AutoCloseable {
  private static final int MOST_DIAGNOSTICS = 1 << 16;
  private static final int PART = 1 << 12;
  private static final long NANOS = 1_000_000_000L;
  private static final int TICK_MILLIS = 100;
  private static final List<String> SYSTEM = List.of("/bin", "/sbin", "/lib", "/lib64", "/lib32");
  private static final List<String> DEVICES = List.of("/dev/null", "/dev/zero", "/dev/urandom");

  private final Tools tools;
  private final List<Path> mounts;
  private final Path filter;
  private final ScheduledThreadPoolExecutor clock;
  private final Semaphore processors = new Semaphore(Runtime.getRuntime().availableProcessors());

  /**
   * @param tools what it is made of
   * @param mounts further folders of the host that are to be seen, read-only
   * @param filter the program of the filter of system calls
   * @throws IOException when the filter cannot be written to a temporary file
   */
  Sandbox(Tools tools, List<Path> mounts, byte[] filter) throws IOException {
    this.tools = tools;
    this.mounts = List.copyOf(mounts);
    this.filter = Files.write(Files.createTempFile("lanpo-", ".bpf"), filter);
    this.clock = new ScheduledThreadPoolExecutor(1, DaemonThreads.named("lanpo-sandbox-clock"));
    clock.setRemoveOnCancelPolicy(true);
  }

  /**
   * How a command ended.
   *
   * @param output what it printed, standard error included; cut at the length that was asked for
   * @param exit its exit code; 128 and the number of a signal that ended it
   * @param outOfTime whether it was ended because it had said nothing for its time
   */
  record Ended(String output, int exit, boolean outOfTime) {}

  /**
   * Runs a command to its end, or until it has said nothing for its time.
   *
   * @param command the command, found inside the sandbox
   * @param input what it reads on standard input
   * @param limits what it may use
   * @param longest most characters of output that are read, beside 64 KB for its complaints
   * @throws IOException when it cannot be started
   * @throws InterruptedException when the thread is interrupted; the command is ended
   */
  Ended run(List<String> command, byte[] input, Limits limits, int longest)
      throws IOException, InterruptedException {
    processors.acquire();
    try {
      ProcessBuilder builder = new ProcessBuilder(wrapped(command, limits));
      builder.redirectErrorStream(true);
      builder.environment().clear();
      builder.environment().putAll(Map.of("PATH", "/usr/bin:/bin"));
      return finish(builder.start(), input, limits, longest);
    } finally {
      processors.release();
    }
  }

  private Ended finish(Process process, byte[] input, Limits limits, int longest)
      throws IOException, InterruptedException {
    AtomicBoolean outOfTime = new AtomicBoolean();
    AtomicLong lastSign = new AtomicLong(System.nanoTime());
    ScheduledFuture<?> alarm =
        clock.scheduleWithFixedDelay(
            () -> {
              if (System.nanoTime() - lastSign.get() > limits.seconds() * NANOS) {
                outOfTime.set(true);
                // the process alone would also close the stream, under the thread that reads it
                process.toHandle().destroyForcibly();
              }
            },
            TICK_MILLIS,
            TICK_MILLIS,
            TimeUnit.MILLISECONDS);
    try (InputStream out = process.getInputStream()) {
      feed(process, input);
      byte[] output = read(out, longest + MOST_DIAGNOSTICS, lastSign);
      process.destroyForcibly().waitFor();
      return new Ended(
          new String(output, StandardCharsets.UTF_8), process.exitValue(), outOfTime.get());
    } finally {
      alarm.cancel(false);
      process.destroyForcibly();
    }
  }

  /** What a command says, up to a length; whatever it says is a sign of progress. */
  private static byte[] read(InputStream out, int longest, AtomicLong lastSign) throws IOException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    byte[] part = new byte[PART];
    int length;
    while (output.size() < longest
        && (length = out.read(part, 0, Math.min(PART, longest - output.size()))) >= 0) {
      lastSign.set(System.nanoTime());
      output.write(part, 0, length);
    }
    return output.toByteArray();
  }

  private static void feed(Process process, byte[] input) {
    try (OutputStream in = process.getOutputStream()) {
      in.write(input);
    } catch (IOException e) {
      // it ended before it had read everything; its exit code and output say why
      return;
    }
  }

  private List<String> wrapped(List<String> command, Limits limits) {
    List<String> all = new ArrayList<>();
    all.addAll(
        List.of(
            tools.shell().toString(),
            "-c",
            "exec 3<\"$1\"; shift; exec \"$@\"",
            "sh",
            filter.toString()));
    if (tools.root()) {
      String user = Integer.toString(tools.user());
      all.addAll(
          List.of(
              tools.setpriv().toString(),
              "--reuid=" + user,
              "--regid=" + user,
              "--clear-groups",
              "--"));
    }
    all.add(tools.bubblewrap().toString());
    all.addAll(
        List.of(
            "--unshare-all",
            "--unshare-user",
            "--disable-userns",
            "--die-with-parent",
            "--new-session",
            "--cap-drop",
            "ALL",
            "--clearenv",
            "--setenv",
            "PATH",
            "/usr/bin:/bin",
            "--setenv",
            "LANG",
            "C.UTF-8",
            "--setenv",
            "PYTHONHASHSEED",
            "0"));
    all.addAll(List.of("--seccomp", "3", "--ro-bind", "/usr", "/usr"));
    for (String folder : SYSTEM) {
      all.addAll(folder(Path.of(folder)));
    }
    for (Path mount : mounts) {
      all.addAll(List.of("--ro-bind", mount.toString(), mount.toString()));
    }
    for (String device : DEVICES) {
      all.addAll(List.of("--dev-bind", device, device));
    }
    all.addAll(List.of("--remount-ro", "/", "--chdir", "/", "--"));
    all.addAll(
        List.of(
            tools.prlimit().toString(),
            "--as=" + limits.memoryBytes(),
            // the soft limit ends a process by a signal that tells the reason
            "--cpu=%d:%d".formatted(limits.cpuSeconds(), limits.cpuSeconds() + 1),
            "--nproc=" + limits.processes(),
            "--nofile=64",
            "--fsize=0",
            "--core=0",
            "--"));
    all.addAll(command);
    return all;
  }

  /** A system folder as it is on the host: most are links into {@code /usr}. */
  private static List<String> folder(Path folder) {
    try {
      if (Files.isSymbolicLink(folder)) {
        return List.of("--symlink", Files.readSymbolicLink(folder).toString(), folder.toString());
      }
    } catch (IOException e) {
      return List.of();
    }
    return Files.isDirectory(folder)
        ? List.of("--ro-bind", folder.toString(), folder.toString())
        : List.of();
  }

  @Override
  public void close() {
    clock.shutdownNow();
    try {
      Files.deleteIfExists(filter);
    } catch (IOException e) {
      // a temporary file of a few hundred bytes stays behind
      return;
    }
  }
}
