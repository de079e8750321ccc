package io.lanpo.shell.command.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lanpo.api.component.ComponentCatalogue;
import io.lanpo.api.component.ComponentState.Condition;
import io.lanpo.api.deploy.Deployment;
import io.lanpo.api.deploy.Deployments;
import io.lanpo.shell.command.CommandHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code components}, {@code why} and {@code dev swap}. */
class DeploymentCommandsTest {
  private final FakeDeployments deployments = new FakeDeployments();
  private final CommandHarness shell = new CommandHarness().with(Deployments.class, deployments);

  @TempDir Path folder;

  @BeforeEach
  void components() {
    shell.with(
        ComponentCatalogue.class,
        new FakeCatalogue()
            .with("mine", "com.example.b", Condition.READY, List.of("r-1"))
            .with("mine", "com.example.mine", Condition.SHADOWED, List.of())
            .with(
                "broken",
                "com.example.broken",
                Condition.UNSATISFIED,
                List.of(),
                "it needs a Verifier, and there is none",
                "Other failed"));
  }

  private JsonObject json() {
    assertEquals(1, shell.out().lines().count(), shell.out());
    return JsonParser.parseString(shell.out()).getAsJsonObject();
  }

  @Test
  void componentsTellWhatServesWhatIsShadowedAndWhatIsNotReady() {
    deployments.file("bad.jar", Deployment.State.REFUSED, "it is no jar", "Build it.");
    assertEquals(0, shell.run("components"));
    List<String> lines = shell.out().lines().toList();
    assertTrue(lines.get(1).matches("reflection +mine +ready .*r-1"), lines.get(1));
    assertTrue(lines.get(2).matches("reflection +mine +shadowed .*"), lines.get(2));
    assertTrue(lines.get(3).matches("reflection +broken +unsatisfied .*"), lines.get(3));
    assertTrue(
        shell
            .out()
            .contains(
                "\nreflection broken: it needs a Verifier, and there is none: Other failed\n"),
        shell.out());
    assertTrue(shell.out().endsWith("Not in effect:\nbad.jar: it is no jar\n  Build it.\n"));
    shell.run("components", "--json");
    assertEquals(2, json().getAsJsonArray("components").size());
    assertEquals(
        "unsatisfied",
        json().getAsJsonArray("notServing").get(0).getAsJsonObject().get("state").getAsString());
    assertEquals(1, json().getAsJsonArray("refused").size());
  }

  @Test
  void aBundleThatStartsOnDemandNeedsNothingToBeDone() {
    shell.with(
        ComponentCatalogue.class,
        new FakeCatalogue()
            .withNothingToDo("io.lanpo.dashboard", "it starts when a command asks for it"));
    assertEquals(0, shell.run("components"));
    assertTrue(
        shell
            .out()
            .endsWith("\n\nbundle io.lanpo.dashboard: it starts when a command asks for it\n"),
        shell.out());
    assertEquals(0, shell.run("why", "io.lanpo.dashboard"));
    assertTrue(
        shell.out().endsWith("  because it starts when a command asks for it\n\n"), shell.out());
  }

  @Test
  void whyGoesDownToTheRootAndSaysWhatToDo() {
    assertEquals(0, shell.run("why", "broken"));
    assertTrue(
        shell
            .out()
            .endsWith(
                "  because it needs a Verifier, and there is none\n"
                    + "    because Other failed\nFix it.\n\n"),
        shell.out());
    assertEquals(0, shell.run("why", "com.example.b"));
    assertTrue(shell.out().contains("It serves; nothing is missing."), shell.out());
  }

  @Test
  void whyKnowsAFileByItsNameAndByTheBundleInIt() {
    deployments.file(
        "x.jar", Deployment.State.REFUSED, "bundle com.example.x 2.0.0 does not start", "Fix it.");
    for (String name : List.of("x.jar", "com.example.x")) {
      assertEquals(0, shell.run("why", name));
      assertEquals("x.jar: bundle com.example.x 2.0.0 does not start\n  Fix it.\n", shell.out());
    }
    assertEquals(1, shell.run("why", "com.example"));
  }

  @Test
  void whyOffersNamesForOneThatDoesNotExist() {
    assertEquals(1, shell.run("why", "brokn"));
    assertTrue(shell.err().contains("is called brokn"), shell.err());
    assertTrue(shell.err().contains("Did you mean broken?"), shell.err());
  }

  @Test
  void swapRefusesWhatDoesNotStandItsTrialAndCopiesNothing() throws Exception {
    shell.deploy = folder.resolve("deploy");
    Path jar = jar("com.example.mine;singleton:=true");
    assertEquals(1, shell.run("dev", "swap", jar.toString()));
    assertTrue(shell.err().contains("is not deployed, nothing has changed: it is broken"));
    assertEquals(List.of(jar), deployments.tried);
    assertFalse(Files.exists(shell.deploy));
  }

  @Test
  void swapNamesAProjectThatDoesNotExistAndAJarThatIsNoBundle() throws Exception {
    shell.home = folder.resolve("runtime");
    Files.createDirectories(folder.resolve("bundles/io.lanpo.reflection"));
    assertEquals(1, shell.run("dev", "swap", "io.lanpo.reflektion"));
    assertTrue(shell.err().contains("Did you mean io.lanpo.reflection?"), shell.err());
    assertEquals(1, shell.run("dev", "swap", jar(null).toString()));
    assertTrue(shell.err().contains("no bundle: its manifest has no Bundle-SymbolicName"));
    assertEquals(2, shell.run("dev"));
  }

  @Test
  void swapSaysWhatAnInstallationCannotDo() {
    shell.home = folder.resolve("runtime");
    assertEquals(1, shell.run("dev", "swap", "io.lanpo.reflection"));
    assertTrue(shell.err().contains("this installation has no sources"), shell.err());
    assertTrue(shell.err().contains("in a checkout only"), shell.err());
  }

  private Path jar(String symbolicName) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    if (symbolicName != null) {
      manifest.getMainAttributes().putValue("Bundle-SymbolicName", symbolicName);
    }
    Path jar = folder.resolve("mine.jar");
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    return jar;
  }
}
