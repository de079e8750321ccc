package io.lanpo.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lanpo.it.paxexam.ProductOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code runtime/bin/lanpo} as a user starts it: what it prints where, and how it exits. */
final class CommandLineIT {
  private static final Path HOME = ProductOptions.home();

  @TempDir Path folder;
  private Path temporary;

  private record Result(int code, String out, String err) {}

  @BeforeEach
  void folders() throws IOException {
    temporary = Files.createDirectory(folder.resolve("tmp"));
    Files.createDirectory(folder.resolve("deploy"));
  }

  @Test
  void componentsAsOneJsonDocumentWithWhatIsInDeployAndConfigs() throws Exception {
    Path configs = Files.createDirectory(folder.resolve("configs"));
    Files.writeString(
        configs.resolve("io.lanpo.reflection.template~mine.cfg"),
        "lanpo.name = mine\nprompt = {{question}} {{attempt}}\nsolution-marker = solution :\n");
    Path example = find(HOME.resolve("target/lanpo/bundles/20-dev"), "io.lanpo.example.strategy");
    Files.copy(example, folder.resolve("deploy/example.jar"));
    Process process =
        lanpo(Map.of("LANPO_CONFIGS", configs.toString()), "components", "--json").start();
    Result result = finish(process);
    assertEquals(0, result.code(), result.err());
    JsonObject json = JsonParser.parseString(result.out()).getAsJsonObject();
    Set<String> names = new TreeSet<>();
    Set<String> bundles = new TreeSet<>();
    for (JsonElement component : json.getAsJsonArray("components")) {
      names.add(component.getAsJsonObject().get("name").getAsString());
      bundles.add(component.getAsJsonObject().get("bundle").getAsString());
    }
    assertTrue(names.contains("mine"), names.toString());
    assertTrue(bundles.contains("io.lanpo.example.strategy"), bundles.toString());
    assertEquals(List.of(), leftBehind());
  }

  @Test
  void anUnknownCommand() throws Exception {
    Result result = finish(lanpo(Map.of(), "no such").start());
    assertEquals(127, result.code());
    assertTrue(result.err().contains("there is no command no such"), result.err());
    assertFalse(result.err().contains("\tat "), result.err());
    assertEquals("", result.out());
  }

  @Test
  void aBundleInDeployThatCannotBeResolvedIsNamedAndTheRestRuns() throws Exception {
    bundleWithAnImpossibleImport(folder.resolve("deploy/broken.jar"));
    Result result = finish(lanpo(Map.of(), "help").start());
    assertEquals(0, result.code(), result.err());
    assertTrue(result.err().contains("bundle broken does not start"), result.err());
    assertTrue(result.err().contains("no.such.pack"), result.err());
  }

  @Test
  void controlCSavesTheRunAndLeavesNothingBehind() throws Exception {
    Process process =
        lanpo(
                Map.of("LANPO_CONFIGS", HOME.resolveSibling("configs").toString()),
                "train",
                "micro-smoke",
                "--set",
                "steps=100000")
            .start();
    Path metrics = awaitFirstStep();
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    Result result = finish(process);
    assertAll(
        () -> assertEquals(130, result.code(), result.err()),
        () -> assertTrue(result.err().contains("resume"), result.err()),
        () -> assertFalse(result.err().contains("\tat "), result.err()),
        () -> assertTrue(Files.isDirectory(metrics.resolveSibling("checkpoints"))),
        () -> assertEquals(List.of(), leftBehind()));
  }

  @Test
  void aJvmWithoutTheOptions() throws Exception {
    String java = ProcessHandle.current().info().command().orElseThrow();
    ProcessBuilder builder =
        new ProcessBuilder(
            java,
            "-Dlanpo.home=" + HOME,
            "-cp",
            HOME.resolve("target/lanpo/lib") + "/*",
            "io.lanpo.runtime.Launcher",
            "help");
    Result result = finish(builder.start());
    assertEquals(1, result.code());
    assertTrue(
        result.err().contains("without --add-exports=java.base/sun.nio.ch=ALL-UNNAMED"),
        result.err());
    assertTrue(result.err().contains("-Dai.djl.offline=true"), result.err());
    assertEquals("", result.out());
  }

  @Test
  void anOlderJava() throws Exception {
    Path old = Files.createDirectories(folder.resolve("jdk-11/bin"));
    Files.writeString(
        old.resolveSibling("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"11.0.2\"\n");
    Path java = Files.writeString(old.resolve("java"), "#!/bin/sh\nexit 99\n");
    assertTrue(java.toFile().setExecutable(true));
    Result result = finish(lanpo(Map.of("JAVA_HOME", old.getParent().toString()), "help").start());
    assertEquals(1, result.code());
    assertTrue(
        result.err().contains("is Java \"11.0.2\"; this needs a JDK 17 or later"), result.err());
  }

  @Test
  void aJavaHomeWithoutJavaAndNoJavaAtAll() throws Exception {
    Result wrong = finish(lanpo(Map.of("JAVA_HOME", folder.toString()), "help").start());
    assertEquals(1, wrong.code());
    assertTrue(wrong.err().contains("JAVA_HOME is " + folder), wrong.err());

    Path tools = Files.createDirectory(folder.resolve("tools"));
    for (String tool : List.of("dirname", "readlink", "sed", "find", "head")) {
      Path wrapper = tools.resolve(tool);
      Files.writeString(wrapper, "#!/bin/sh\nexec " + onPath(tool) + " \"$@\"\n");
      assertTrue(wrapper.toFile().setExecutable(true));
    }
    ProcessBuilder builder = lanpo(Map.of("PATH", tools.toString()), "help");
    builder.environment().remove("JAVA_HOME");
    Result none = finish(builder.start());
    assertEquals(1, none.code());
    assertTrue(none.err().contains("there is no java on the PATH; install a JDK 17"), none.err());
  }

  private ProcessBuilder lanpo(Map<String, String> environment, String... arguments) {
    List<String> command =
        new ArrayList<>(List.of("/bin/sh", HOME.resolve("bin/lanpo").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("LANPO_DEPLOY", folder.resolve("deploy").toString());
    builder.environment().put("LANPO_RUNS", folder.resolve("runs").toString());
    builder.environment().put("LANPO_VAR", folder.resolve("var").toString());
    builder.environment().put("LANPO_JVM_OPTS", "-Djava.io.tmpdir=" + temporary);
    builder.environment().putAll(environment);
    return builder;
  }

  private Result finish(Process process) throws IOException, InterruptedException {
    process.getOutputStream().close();
    StringBuilder err = new StringBuilder();
    Thread reader =
        new Thread(
            () -> {
              try (BufferedReader lines = process.errorReader()) {
                lines.lines().forEach(line -> err.append(line).append('\n'));
              } catch (IOException e) {
                err.append(e);
              }
            });
    reader.start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertTrue(process.waitFor(120, TimeUnit.SECONDS), "the process goes on");
    reader.join();
    return new Result(process.exitValue(), out, err.toString());
  }

  private Path awaitFirstStep() throws Exception {
    Path runs = folder.resolve("runs");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (System.nanoTime() < end) {
      if (Files.isDirectory(runs)) {
        try (Stream<Path> files = Files.walk(runs)) {
          var metrics =
              files.filter(f -> f.endsWith("metrics.jsonl") && f.toFile().length() > 0).findFirst();
          if (metrics.isPresent()) {
            return metrics.get();
          }
        }
      }
      Thread.sleep(100);
    }
    throw new AssertionError("no step was finished in two minutes");
  }

  /** The framework caches of processes that have ended. */
  private List<Path> leftBehind() throws IOException {
    try (Stream<Path> files = Files.list(temporary)) {
      return files.filter(f -> f.getFileName().toString().startsWith("lanpo-")).toList();
    }
  }

  private static Path find(Path folder, String prefix) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(f -> f.getFileName().toString().startsWith(prefix))
          .findFirst()
          .orElseThrow();
    }
  }

  private static Path onPath(String tool) {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .map(f -> Path.of(f, tool))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow();
  }

  private static void bundleWithAnImpossibleImport(Path file) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
    manifest.getMainAttributes().putValue("Bundle-ManifestVersion", "2");
    manifest.getMainAttributes().putValue("Bundle-SymbolicName", "broken");
    manifest.getMainAttributes().putValue("Import-Package", "no.such.pack");
    try (var out = Files.newOutputStream(file)) {
      new JarOutputStream(out, manifest).close();
    }
  }
}
