package io.lanpo.it;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lanpo.it.paxexam.ProductOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code runtime/bin/lanpo} as a user starts it: what it prints where, and how it exits. */
@Timeout(600)
final class CommandLineIT {
  private static final Path HOME = ProductOptions.home();

  @TempDir Path folder;
  private Lanpo lanpo;

  @BeforeEach
  void platform() throws IOException {
    lanpo = new Lanpo(folder, HOME.resolveSibling("configs"));
  }

  @Test
  void componentsAsOneJsonDocumentWithWhatIsInDeployAndConfigs() throws Exception {
    Path configs = Files.createDirectory(folder.resolve("configs"));
    Files.writeString(
        configs.resolve("io.lanpo.reflection.template~mine.cfg"),
        "lanpo.name = mine\nprompt = {{question}} {{attempt}}\nsolution-marker = solution :\n");
    Path example =
        find(HOME.resolve("target/lanpo/bundles/20-examples"), "io.lanpo.example.strategy");
    Files.copy(example, folder.resolve("deploy/example.jar"));
    Lanpo.Result result = new Lanpo(folder, configs).run("components", "--json");
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
  void verifyJudgesOneResponseAndAFileOfCases() throws Exception {
    Lanpo.Result one =
        lanpo.run(
            "verify",
            "--verifier",
            "math",
            "--gold",
            "\\frac{1}{2}",
            "--response",
            "it is \\boxed{0.5}");
    assertEquals(0, one.code(), one.err());
    assertTrue(one.out().startsWith("scored 1.0"), one.out());
    Path cases =
        Files.writeString(
            folder.resolve("cases.jsonl"),
            """
            {"id": "a", "gold": "1,234", "prediction": "so \\\\boxed{1234}"}
            {"id": "b", "gold": "[0,1)", "prediction": "so \\\\boxed{(0,1]}"}
            """);
    Lanpo.Result many = lanpo.run("verify", "--verifier", "math", "--cases", cases.toString());
    assertEquals(0, many.code(), many.err());
    List<JsonObject> verdicts =
        many.out().lines().map(l -> JsonParser.parseString(l).getAsJsonObject()).toList();
    assertEquals(
        List.of("a 1.0", "b 0.0"),
        verdicts.stream()
            .map(v -> v.get("id").getAsString() + " " + v.get("reward").getAsDouble())
            .toList());
    assertTrue(many.err().contains("2 cases: 2 scored, mean reward 0.5000"), many.err());
  }

  /** As a data set of programs comes: other names, tests in a list, a reference solution. */
  @Test
  void verifyRunsProgramsOfADataSetAgainstTheirTests() throws Exception {
    Path cases =
        Files.writeString(
            folder.resolve("programs.jsonl"),
            """
            {"task_id": 1, "test_list": ["assert f(1) == 2"], "test_setup_code": "", "code": "def f(x): return x + 1"}
            {"task_id": 2, "test_list": ["assert f(1) == 2"], "test_setup_code": "", "code": "def f(x): pass"}
            """);
    Lanpo.Result result =
        lanpo.run(
            "verify",
            "--verifier",
            "code",
            "--cases",
            cases.toString(),
            "--key-fields",
            "tests=test_list | setup=test_setup_code",
            "--prediction-field",
            "code");
    Assumptions.assumeFalse(
        result.err().contains("the verifier code is unavailable"),
        "NOT TESTED, programs cannot be run here: " + result.err());
    assertEquals(0, result.code(), result.err());
    assertEquals(
        List.of("1.0", "0.0"),
        result
            .out()
            .lines()
            .map(l -> JsonParser.parseString(l).getAsJsonObject().get("reward").getAsString())
            .toList());
  }

  @Test
  void anUnknownCommand() throws Exception {
    Lanpo.Result result = lanpo.run("no such");
    assertEquals(127, result.code());
    assertTrue(result.err().contains("there is no command no such"), result.err());
    assertFalse(result.err().contains("\tat "), result.err());
    assertEquals("", result.out());
  }

  @Test
  void aBundleInDeployThatCannotBeResolvedIsNamedAndTheRestRuns() throws Exception {
    bundleWithAnImpossibleImport(folder.resolve("deploy/broken.jar"));
    Lanpo.Result result = lanpo.run("help");
    assertEquals(0, result.code(), result.err());
    assertTrue(result.err().contains("broken.jar: it imports the package"), result.err());
    assertTrue(result.err().contains("no.such.pack"), result.err());
  }

  @Test
  void controlCSavesTheRunAndLeavesNothingBehind() throws Exception {
    Process process = lanpo.start("train", "micro-smoke", "--set", "steps=100000");
    Path run = lanpo.awaitStep(process, 1);
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    Lanpo.Result result = Lanpo.finish(process);
    assertAll(
        () -> assertEquals(130, result.code(), result.err()),
        () -> assertTrue(result.err().contains("resume"), result.err()),
        () -> assertFalse(result.err().contains("\tat "), result.err()),
        () -> assertTrue(Files.isDirectory(run.resolve("checkpoints"))),
        () -> assertEquals(List.of(), leftBehind()));
  }

  @Test
  void aJvmWithoutTheOptions() throws Exception {
    String java = ProcessHandle.current().info().command().orElseThrow();
    List<String> command =
        List.of(
            java,
            "-Dlanpo.home=" + HOME,
            "-cp",
            HOME.resolve("target/lanpo/lib") + "/*",
            "io.lanpo.runtime.Launcher",
            "help");
    Lanpo.Result result = Lanpo.finish(lanpo.start(command));
    assertEquals(1, result.code());
    assertTrue(result.err().contains("the JVM was started without "), result.err());
    assertTrue(
        result.err().contains(" --add-exports=java.base/sun.nio.ch=ALL-UNNAMED"), result.err());
    assertTrue(result.err().contains("-Dai.djl.offline=true"), result.err());
    assertEquals("", result.out());
  }

  @Test
  void anOlderJava() throws Exception {
    Path old = Files.createDirectories(folder.resolve("jdk-11/bin"));
    Files.writeString(
        old.resolveSibling("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"11.0.2\"\n");
    script(old.resolve("java"), "exit 99");
    Lanpo.Result result = help(Map.of("JAVA_HOME", old.getParent().toString()));
    assertEquals(1, result.code());
    assertTrue(
        result.err().contains("is Java \"11.0.2\"; this needs a JDK 17 or later"), result.err());
  }

  @Test
  void aJavaHomeWithoutJava() throws Exception {
    Lanpo.Result result = help(Map.of("JAVA_HOME", folder.toString()));
    assertEquals(1, result.code());
    assertTrue(result.err().contains("JAVA_HOME is " + folder), result.err());
  }

  @Test
  void noJavaAtAll() throws Exception {
    Path tools = Files.createDirectory(folder.resolve("tools"));
    for (String tool : List.of("dirname", "readlink", "sed", "find", "head")) {
      script(tools.resolve(tool), "exec " + onPath(tool) + " \"$@\"");
    }
    Lanpo.Result result = help(Map.of("JAVA_HOME", "", "PATH", tools.toString()));
    assertEquals(1, result.code());
    assertTrue(
        result.err().contains("there is no java on the PATH; install a JDK 17"), result.err());
  }

  private Lanpo.Result help(Map<String, String> environment) throws Exception {
    return Lanpo.finish(lanpo.start(List.of(Lanpo.script().toString(), "help"), environment));
  }

  private static void script(Path file, String body) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    assertTrue(file.toFile().setExecutable(true));
  }

  /** The framework caches of processes that have ended. */
  private List<Path> leftBehind() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("tmp"))) {
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
