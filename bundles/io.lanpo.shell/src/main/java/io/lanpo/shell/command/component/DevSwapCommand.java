package io.lanpo.shell.command.component;

import io.lanpo.api.component.UserException;
import io.lanpo.api.deploy.Deployment;
import io.lanpo.api.deploy.Deployments;
import io.lanpo.libs.files.AtomicFile;
import io.lanpo.shell.command.BaseCommand;
import io.lanpo.shell.command.CommandContext;
import io.lanpo.shell.command.Completes;
import io.lanpo.shell.command.Completes.Values;
import io.lanpo.shell.service.ServiceHandle;
import io.lanpo.shell.terminal.NumberFormats;
import io.lanpo.shell.view.DeploymentView;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dev swap BUNDLE}. */
@Command(
    description = {
      "Build a bundle, try it, and deploy it if it works.",
      "It serves from the next run on, here and in a shell that is open elsewhere; a run that"
          + " is running keeps what it began with. Deleting the jar in deploy/ undoes it."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanpo dev swap io.lanpo.reflection",
      "  lanpo dev swap ../my-critique",
      "  lanpo dev swap io.lanpo.reflection --no-build"
    })
public final class DevSwapCommand extends BaseCommand {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long LOOK_MILLIS = 50;

  @Completes(Values.BUNDLE)
  @Parameters(
      paramLabel = "BUNDLE",
      description = "A folder in bundles/, a folder with a pom.xml, or a jar.")
  private String bundle = "";

  @Option(names = "--no-build", description = "Take the jar that is there.")
  private boolean noBuild;

  public DevSwapCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() throws InterruptedException {
    long begin = System.nanoTime();
    Path jar = new BundleProject(context.installation(), bundle).jar(!noBuild);
    try (ServiceHandle<Deployments> held = context.services().only(Deployments.class)) {
      Deployments deployments = held.get();
      Path target = target(jar);
      refuse(jar, deployments.trial(jar));
      Deployment before = find(deployments, target);
      put(jar, target);
      Deployment after = await(deployments, target, before);
      refuse(target, after);
      double seconds = (System.nanoTime() - begin) / 1e9;
      if (common.json) {
        Map<String, Object> document = DeploymentView.document(after);
        document.put("seconds", seconds);
        printJson(document);
      } else {
        DeploymentView.lines(after).forEach(console().out()::println);
        println("The next run uses it (%s s).".formatted(NumberFormats.seconds(seconds)));
      }
      return ExitCode.OK;
    }
  }

  /** The jar that the bundle has in deploy/ already, whatever it is called there, or a new one. */
  private Path target(Path jar) {
    Path deploy = context.installation().deploy();
    String name = symbolicName(jar);
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(deploy, "*.jar")) {
      for (Path deployed : jars) {
        if (headerOf(deployed).map(name::equals).orElse(false)) {
          return deployed;
        }
      }
    } catch (NoSuchFileException e) {
      return deploy.resolve(name + ".jar"); // the folder is made with the first jar
    } catch (IOException e) {
      throw new UserException(
          "%s cannot be listed: %s".formatted(deploy, e), "Make the folder readable.", e);
    }
    return deploy.resolve(name + ".jar");
  }

  private static Optional<String> headerOf(Path deployed) {
    try {
      return Optional.of(symbolicName(deployed));
    } catch (UserException e) {
      return Optional.empty(); // no bundle; 'lanpo components' says so
    }
  }

  private static void refuse(Path jar, Deployment outcome) {
    if (outcome.state() == Deployment.State.REFUSED) {
      throw new UserException(
          "%s is not deployed, nothing has changed: %s".formatted(jar, outcome.message()),
          outcome.nextStep());
    }
  }

  /** Written beside and renamed, so that no reader sees half a jar. */
  private static void put(Path jar, Path target) {
    try {
      Files.createDirectories(target.getParent());
      AtomicFile.write(target, out -> Files.copy(jar, out));
    } catch (IOException e) {
      throw new UserException(
          "%s cannot be written: %s".formatted(target, e), "Make the folder writable.", e);
    }
  }

  private static Deployment await(Deployments deployments, Path target, @Nullable Deployment before)
      throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      Deployment now = find(deployments, target);
      // each look at a file leaves an outcome of its own, even if it says the same
      if (now != null && now != before) {
        return now;
      }
      Thread.sleep(LOOK_MILLIS);
    }
    throw new UserException(
        "%s was copied, but had no effect within %d s".formatted(target, PATIENCE.toSeconds()),
        "'lanpo components' shows what serves; the log has more.");
  }

  private static @Nullable Deployment find(Deployments deployments, Path file) {
    Optional<Deployment> found =
        deployments.deployments().stream().filter(d -> d.file().equals(file)).findFirst();
    return found.orElse(null);
  }

  private static String symbolicName(Path jar) {
    try (JarFile file = new JarFile(jar.toFile())) {
      String name =
          file.getManifest() == null
              ? null
              : file.getManifest().getMainAttributes().getValue("Bundle-SymbolicName");
      if (name != null) {
        return name.replaceFirst(";.*", "").strip();
      }
    } catch (IOException e) {
      throw new UserException("%s is not a whole jar: %s".formatted(jar, e), "Build it again.", e);
    }
    throw new UserException(
        "%s is a jar, but no bundle: its manifest has no Bundle-SymbolicName".formatted(jar),
        "Build it with the bnd-maven-plugin, as io.lanpo.example.strategy does.");
  }
}
