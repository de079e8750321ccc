package io.lanpo.shell;

import io.lanpo.api.component.UserException;
import io.lanpo.api.deploy.Deployment;
import io.lanpo.api.deploy.DeploymentListener;
import io.lanpo.api.deploy.Deployments;
import io.lanpo.api.train.Installation;
import io.lanpo.shell.command.CancellationToken;
import io.lanpo.shell.command.CommandContext;
import io.lanpo.shell.completion.LineCompleter;
import io.lanpo.shell.completion.ServiceValues;
import io.lanpo.shell.dispatch.Commands;
import io.lanpo.shell.service.OsgiServices;
import io.lanpo.shell.service.ServiceHandle;
import io.lanpo.shell.service.Services;
import io.lanpo.shell.terminal.Keyboard;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * What only an interactive shell has: its profile (prompt, completion, greeting) and the few
 * commands that the profile and leaving need. The public methods are Gogo commands.
 */
@Component(
    service = InteractiveSession.class,
    immediate = true,
    property = {
      CommandProcessor.COMMAND_SCOPE + "=" + GogoCommands.SCOPE,
      CommandProcessor.COMMAND_FUNCTION + "=welcome",
      CommandProcessor.COMMAND_FUNCTION + "=exit",
      CommandProcessor.COMMAND_FUNCTION + "=quit"
    })
public final class InteractiveSession {
  /** The folder below which the Gogo shell looks for {@code etc/gosh_profile}. */
  private static final String HOME = "gosh.home";

  private static final String PROFILE = "gosh_profile";

  private final BundleContext context;
  private final AtomicReference<Runnable> detach = new AtomicReference<>(() -> {});

  /** Puts the profile where the Gogo shell, which starts later, looks for it. */
  @Activate
  public InteractiveSession(BundleContext context) {
    this.context = context;
    if (context.getProperty(OneShot.ARGUMENTS) == null && context.getProperty(HOME) == null) {
      System.setProperty(HOME, unpackProfile(context).toString());
    }
    ServiceReference<CommandSession> open = context.getServiceReference(CommandSession.class);
    CommandSession session = open == null ? null : context.getService(open);
    if (session != null) {
      // this bundle was started again while the session went on
      context.registerService(DeploymentListener.class, new Notices(session), null);
      complete(session);
    }
  }

  /** The session, which may outlive this bundle, completes as it did before. */
  @Deactivate
  public void stop() {
    Objects.requireNonNull(detach.get()).run();
  }

  /** Prints the greeting; from now on the session shows the outcome of deployed files. */
  public void welcome(CommandSession session) throws InterruptedException {
    session
        .getConsole()
        .println(
            "LANPO %s: type 'train micro' to see a small model learn, 'help' for all commands."
                .formatted(ProductVersion.of(context)));
    session.getConsole().println("Tab completes, Ctrl-C stops what is running, Ctrl-D leaves.");
    complete(session);
    Notices notices = new Notices(session);
    Services services = new OsgiServices(context, Duration.ZERO);
    try (ServiceHandle<Deployments> deployments = services.only(Deployments.class)) {
      deployments.get().deployments().stream()
          .filter(d -> d.state() == Deployment.State.REFUSED)
          .forEach(notices::deployed);
    } catch (UserException e) {
      // a product without hot deployment has nothing to show
      return;
    }
    context.registerService(DeploymentListener.class, notices, null);
    // in the name of the framework, since it outlives this bundle
    context.getBundle(0).getBundleContext().registerService(CommandSession.class, session, null);
  }

  /** Leaves the shell and stops the platform. */
  public void exit() throws BundleException {
    context.getBundle(0).stop();
  }

  /** The same as {@link #exit}. */
  public void quit() throws BundleException {
    exit();
  }

  /** Commands complete in a session from now on, until this bundle is stopped. */
  private void complete(CommandSession session) {
    Services services = new OsgiServices(context, Duration.ZERO);
    Installation installation = Installation.of(context::getProperty);
    CommandContext unused =
        new CommandContext(
            SessionConsole.of(session),
            Keyboard.NONE,
            services,
            installation,
            "",
            new CancellationToken(),
            true);
    CommandLine commands = Commands.all().tree(unused);
    commands.addSubcommand("exit", new Leaving()).addSubcommand("quit", new Leaving());
    detach.set(
        ShellCompleter.attach(
            session,
            List.copyOf(commands.getSubcommands().keySet()),
            new LineCompleter(commands, new ServiceValues(services, installation))));
  }

  /** How leaving is shown among the commands. */
  @Command(description = "Leave the shell.")
  private static final class Leaving {}

  private static Path unpackProfile(BundleContext context) {
    File folder = Objects.requireNonNull(context.getDataFile(""), "no storage for bundles");
    Path profile = folder.toPath().resolve("etc").resolve(PROFILE);
    try (InputStream in =
        Objects.requireNonNull(InteractiveSession.class.getResourceAsStream(PROFILE), PROFILE)) {
      Files.createDirectories(profile.getParent());
      Files.copy(in, profile, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folder.toPath();
  }
}
