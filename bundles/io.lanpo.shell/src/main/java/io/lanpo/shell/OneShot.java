package io.lanpo.shell;

import com.google.gson.Gson;
import io.lanpo.api.train.Installation;
import io.lanpo.shell.command.CancellationToken;
import io.lanpo.shell.command.CommandContext;
import io.lanpo.shell.command.ExitCodes;
import io.lanpo.shell.dispatch.Dispatcher;
import io.lanpo.shell.service.OsgiServices;
import io.lanpo.shell.terminal.Console;
import io.lanpo.shell.terminal.Keyboard;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.LoggerFactory;

/**
 * Runs the one command for which the process was started, the framework property {@code
 * lanpo.command.args} (a JSON array of words), sets the system property {@code lanpo.exit} to its
 * exit code and stops the framework.
 *
 * <p>When the framework is stopped meanwhile (Ctrl-C), the command is cancelled, and the framework
 * waits for it: a run takes the time to save its checkpoint.
 */
@Component(
    immediate = true,
    service = {})
public final class OneShot {
  static final String ARGUMENTS = "lanpo.command.args";
  static final String EXIT = "lanpo.exit";

  /** The launcher sets it when the process is about to end. */
  private static final String ENDING = "lanpo.ending";

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration STOP = Duration.ofSeconds(40);

  private final BundleContext context;
  private final Bundle framework;
  private final CancellationToken cancellation = new CancellationToken();
  private final @Nullable Thread command;

  /** The framework has started, or will not any more. */
  private final CountDownLatch started = new CountDownLatch(1);

  /** Starts the command, if there is one; without one this does nothing. */
  @Activate
  public OneShot(BundleContext context) {
    this.context = context;
    this.framework = context.getBundle(0);
    String arguments = context.getProperty(ARGUMENTS);
    if (arguments == null) {
      command = null;
    } else {
      List<String> words = List.of(new Gson().fromJson(arguments, String[].class));
      command = new Thread(() -> run(words), "lanpo-command");
      command.start();
    }
  }

  /** Cancels the command and waits for its end, for a while. */
  @Deactivate
  public void stop() throws InterruptedException {
    if (command == null) {
      return;
    }
    cancellation.cancel();
    started.countDown();
    command.join(STOP.toMillis());
    if (command.isAlive()) {
      process()
          .err()
          .println(
              "lanpo: the command did not end within %d s and is ended within its step"
                  .formatted(STOP.toSeconds()));
    }
  }

  private void run(List<String> words) {
    // standard output belongs to the command's result: what anyone else prints goes to standard
    // error
    PrintStream others = System.out;
    System.setOut(System.err);
    int code = 1;
    try {
      awaitStarted();
      if (cancellation.cancelled() || System.getProperty(ENDING) != null) {
        throw new InterruptedException("cancelled before it began");
      }
      Console console = process();
      String version = ProductVersion.of(context);
      Installation installation = Installation.of(context::getProperty);
      OsgiServices services = new OsgiServices(context, PATIENCE);
      Keyboard keyboard =
          Keyboard.ofProcess("true".equals(context.getProperty("lanpo.terminal.in")));
      code =
          new Dispatcher(
                  new CommandContext(
                      console, keyboard, services, installation, version, cancellation, false))
              .run(words);
    } catch (InterruptedException e) {
      code = ExitCodes.CANCELLED;
    } finally {
      System.setOut(others);
      System.setProperty(EXIT, Integer.toString(code));
      stopFramework();
    }
  }

  private Console process() {
    return Console.ofProcess(
        name -> {
          String property = context.getProperty(name);
          return property == null ? System.getenv(name) : property;
        });
  }

  /** A command that ended before the framework had started would stop it halfway. */
  private void awaitStarted() throws InterruptedException {
    FrameworkListener listener =
        event -> {
          if (event.getType() == FrameworkEvent.STARTED) {
            started.countDown();
          }
        };
    context.addFrameworkListener(listener);
    try {
      if (framework.getState() != Bundle.ACTIVE) {
        started.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
    } finally {
      context.removeFrameworkListener(listener);
    }
  }

  private void stopFramework() {
    if (!cancellation.cancelled()) {
      try {
        framework.stop();
      } catch (BundleException e) {
        LoggerFactory.getLogger(OneShot.class).error("the framework does not stop", e);
      }
    }
  }
}
