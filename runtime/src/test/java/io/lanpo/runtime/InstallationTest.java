package io.lanpo.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * How {@code bin/lanpo} starts an installation. A script that prints its environment stands for the
 * Java of the installation, which the archive brings.
 */
@Timeout(120)
final class InstallationTest {
  @TempDir Path folder;

  private Path home;
  private Path out;
  private Path err;

  @BeforeEach
  void anInstallation() throws IOException {
    out = folder.resolve("out.txt");
    err = folder.resolve("err.txt");
    Path root = folder.toRealPath().resolve("lanpo");
    home = Files.createDirectories(root.resolve("runtime"));
    for (String path : List.of("bin", "etc", "product", "java/bin")) {
      Files.createDirectories(home.resolve(path));
    }
    Files.createDirectories(root.resolve("bin"));
    Files.createDirectories(root.resolve("configs"));
    Files.writeString(home.resolve("etc/jvm.options"), "-Dlanpo.features=base\n");
    Files.writeString(home.resolve("product/built"), "base\nbench\n");
    Files.writeString(home.resolve("java/release"), "JAVA_VERSION=\"17.0.1\"\n");
    Path java = Files.writeString(home.resolve("java/bin/java"), "#!/bin/sh\nenv\n");
    assertTrue(java.toFile().setExecutable(true));
    copy(Path.of("bin/lanpo"), home.resolve("bin/lanpo"));
    copy(Path.of("src/main/install/bin/lanpo"), root.resolve("bin/lanpo"));
  }

  @Test
  void itsOwnJavaIsPreferredAndEverythingStaysInItsFolder() throws Exception {
    Map<String, String> seen = start(Map.of("JAVA_HOME", System.getProperty("java.home")), "runs");
    assertEquals("base", seen.get("LANPO_FEATURES"));
    assertEquals(home.resolve("var/native").toString(), seen.get("DJL_CACHE_DIR"));
    assertTrue(!seen.containsKey("LANPO_RUNS"), "the standard folder is not the installation's");
  }

  @Test
  void anotherFolderHasWhatIsWrittenAndItsConfigurationsIfItHasSome() throws Exception {
    Path work = folder.toRealPath().resolve("my work");
    Map<String, String> set = Map.of("LANPO_WORK", work.toString(), "LANPO_VAR", "/other");
    Map<String, String> seen = start(set, "runs");
    assertEquals(work.resolve("runs").toString(), seen.get("LANPO_RUNS"));
    assertEquals(work.resolve("deploy").toString(), seen.get("LANPO_DEPLOY"));
    assertEquals("/other", seen.get("LANPO_VAR"));
    assertEquals("/other/native", seen.get("DJL_CACHE_DIR"));
    assertEquals(home.resolveSibling("configs").toString(), seen.get("LANPO_CONFIGS"));
    Files.createDirectory(work.resolve("configs"));
    assertEquals(work.resolve("configs").toString(), start(set, "runs").get("LANPO_CONFIGS"));
  }

  @Test
  void aFolderThatCannotBeWrittenToIsSaidSo() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    start(Map.of("LANPO_WORK", file.toString()), "runs");
    assertEquals(
        "lanpo: the folder %s for runs and pools cannot be written to; set LANPO_WORK to one that can"
            .formatted(file),
        Files.readString(err).strip());
  }

  @Test
  void aCommandBringsTheFeatureOfItsNameAndOneThatIsNotThereIsNotBuilt() throws Exception {
    assertEquals("base,bench", start(Map.of(), "bench").get("LANPO_FEATURES"));
    assertEquals("base", start(Map.of(), "--version").get("LANPO_FEATURES"));
    start(Map.of("LANPO_FEATURES", "base,none"), "runs");
    assertEquals(
        "lanpo: there is no feature none; there are: base bench", Files.readString(err).strip());
  }

  /** What the environment of Java is when the installation is started with more variables. */
  private Map<String, String> start(Map<String, String> variables, String... words)
      throws Exception {
    List<String> command = new ArrayList<>(List.of(home.resolveSibling("bin/lanpo").toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(err.toFile()).redirectOutput(out.toFile());
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("LANPO_") || name.equals("DJL_CACHE_DIR"));
    builder.environment().putAll(variables);
    builder.environment().put("LANPO_JVM_OPTS", "-Djava.io.tmpdir=" + folder);
    assertTrue(builder.start().waitFor(100, TimeUnit.SECONDS));
    Map<String, String> seen = new HashMap<>();
    for (String line : Files.readAllLines(out)) {
      String[] parts = line.split("=", 2);
      seen.put(parts[0], parts[parts.length - 1]);
    }
    return seen;
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
  }
}
