package io.lanpo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.it.paxexam.ProductOptions;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Processes with a bundle in deploy/ that hangs or ends the process. */
@Tag("full")
@Timeout(600)
final class HostileStartIT {
  @TempDir Path folder;
  private Lanpo lanpo;
  private Path configs;

  /** Does not return. */
  public static final class Spinning implements BundleActivator {
    @Override
    public void start(BundleContext context) {
      while (context != null) {
        Thread.onSpinWait();
      }
    }

    @Override
    public void stop(BundleContext context) {}
  }

  /** Does not return when it is stopped. */
  public static final class Staying implements BundleActivator {
    @Override
    public void start(BundleContext context) {}

    @Override
    public void stop(BundleContext context) {
      while (context != null) {
        Thread.onSpinWait();
      }
    }
  }

  /** Ends the process in a way that cannot be seen in its code. */
  public static final class Leaving implements BundleActivator {
    @Override
    public void start(BundleContext context) throws ReflectiveOperationException {
      System.class.getMethod("exit", int.class).invoke(null, 0);
    }

    @Override
    public void stop(BundleContext context) {}
  }

  @BeforeEach
  void aPlatform() throws Exception {
    configs = Files.createDirectories(folder.resolve("configs"));
    ProductOptions.copyConfigurations(configs);
    lanpo = new Lanpo(folder, configs);
  }

  @Test
  void oneThatHangsIsNamedAndSetAsideAndWhoNeedsItFails() throws Exception {
    drop(Spinning.class);
    Lanpo.Result first = run("config");
    assertEquals(0, first.code(), first.err());
    assertTrue(first.out().contains("micro-smoke"), first.out());
    String said =
        "bad.jar: its activator did not return within 2 s (it is in " + name(Spinning.class);
    assertTrue(first.err().contains(said), first.err());
    Lanpo.Result second = run("train", "micro-smoke", "--set", "reflection=spun");
    assertEquals(1, second.code(), second.err());
    assertTrue(second.err().contains("it is set aside until it changes"), second.err());
    assertTrue(second.err().contains("bad.jar may bring it"), second.err());
  }

  @Test
  void oneThatEndsTheProcessIsNamedAndTheCodeIsNotZero() throws Exception {
    drop(Leaving.class);
    Lanpo.Result result = run("config");
    assertEquals(1, result.code(), result.err());
    assertTrue(
        result
            .err()
            .contains(
                name(Leaving.class) + ".start of bundle bad (bad.jar) has called System.exit"),
        result.err());
  }

  @Test
  void oneThatDoesNotStopKeepsNoProcess() throws Exception {
    drop(Staying.class);
    Lanpo.Result result = run("config");
    assertEquals(0, result.code(), result.err());
    assertTrue(result.err().contains("bundle bad (bad.jar) does not return"), result.err());
  }

  @Test
  void aSignalEndsAProcessThatWaitsForOneWithinSeconds() throws Exception {
    drop(Spinning.class);
    Process process =
        lanpo.start(
            List.of(Lanpo.script().toString(), "config"),
            Map.of("LANPO_JVM_OPTS", "-Dlanpo.deploy.patience=600 -Djava.io.tmpdir=" + tmp()));
    Await.until(() -> "no log", () -> Files.exists(folder.resolve("var/log/lanpo.log")));
    process.destroy();
    assertTrue(process.waitFor(30, TimeUnit.SECONDS), "it still runs");
    assertEquals(143, process.exitValue());
  }

  private Path tmp() {
    return folder.resolve("tmp");
  }

  private Lanpo.Result run(String... words) throws Exception {
    List<String> line = new ArrayList<>(List.of(Lanpo.script().toString()));
    line.addAll(List.of(words));
    return Lanpo.finish(
        lanpo.start(
            line, Map.of("LANPO_JVM_OPTS", "-Dlanpo.deploy.patience=2 -Djava.io.tmpdir=" + tmp())));
  }

  private static String name(Class<?> type) {
    return type.getName();
  }

  private void drop(Class<?> activator) throws Exception {
    Manifest manifest = new Manifest();
    Attributes headers = manifest.getMainAttributes();
    headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers.putValue("Bundle-ManifestVersion", "2");
    headers.putValue("Bundle-SymbolicName", "bad");
    headers.putValue("Bundle-Activator", activator.getName());
    headers.putValue("Import-Package", "org.osgi.framework");
    String path = activator.getName().replace('.', '/') + ".class";
    Path jar = folder.resolve("deploy/bad.jar");
    try (InputStream in = activator.getClassLoader().getResourceAsStream(path);
        JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      out.putNextEntry(new JarEntry(path));
      out.write(Objects.requireNonNull(in).readAllBytes());
    }
  }
}
