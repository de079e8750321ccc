package io.lanpo.shell;

import io.lanpo.api.train.Installation;
import io.lanpo.shell.command.CancellationToken;
import io.lanpo.shell.command.CommandContext;
import io.lanpo.shell.dispatch.Commands;
import io.lanpo.shell.dispatch.Dispatcher;
import io.lanpo.shell.service.OsgiServices;
import io.lanpo.shell.service.Services;
import io.lanpo.shell.terminal.Console;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.apache.felix.service.command.Process;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * Publishes every command to Gogo in the scope {@code lanpo}, with the arguments as they were
 * typed.
 */
@Component(
    immediate = true,
    service = {})
public final class GogoCommands {
  static final String SCOPE = "lanpo";

  /** Session variable in which Gogo has the names of all commands, with their scopes. */
  private static final String KNOWN = ".commands";

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int STOP_SECONDS = 55;

  private final Services services;
  private final Installation installation;
  private final String version;
  private final List<ServiceRegistration<?>> registrations = new ArrayList<>();
  private final Set<CancellationToken> active = ConcurrentHashMap.newKeySet();

  /** Publishes the commands. */
  @Activate
  public GogoCommands(BundleContext context) {
    services = new OsgiServices(context, PATIENCE);
    installation = Installation.of(context::getProperty);
    version = ProductVersion.of(context);
    for (String name : Commands.all().names()) {
      Dictionary<String, Object> properties = new Hashtable<>();
      properties.put(CommandProcessor.COMMAND_SCOPE, SCOPE);
      properties.put(CommandProcessor.COMMAND_FUNCTION, name);
      Function function = (session, arguments) -> execute(name, session, arguments);
      registrations.add(context.registerService(Function.class, function, properties));
    }
  }

  /** Withdraws the commands, cancels those under way and waits for their end, for a while. */
  @Deactivate
  public void stop() throws InterruptedException {
    registrations.forEach(ServiceRegistration::unregister);
    List<CancellationToken> running = List.copyOf(active);
    running.forEach(CancellationToken::cancel);
    for (CancellationToken cancellation : running) {
      cancellation.awaitFinish(STOP_SECONDS);
    }
  }

  /**
   * Gogo prints what a function returns; ours has printed already and hands its exit code to the
   * process.
   */
  private @Nullable Object execute(String name, CommandSession session, List<Object> arguments)
      throws Exception {
    List<String> words = new ArrayList<>();
    words.add(name);
    arguments.forEach(argument -> words.add(String.valueOf(argument)));
    if (asksForAnother(words, session)) {
      return session.execute("gogo:help " + words.get(1));
    }
    CancellationToken cancellation = new CancellationToken();
    active.add(cancellation);
    try {
      Console console = SessionConsole.of(session);
      int code =
          new Dispatcher(
                  new CommandContext(
                      console,
                      SessionConsole.keyboard(session),
                      services,
                      installation,
                      version,
                      cancellation,
                      true))
              .run(words);
      Process process = Process.Utils.current();
      if (process != null) {
        process.error(code);
      }
      return null;
    } finally {
      active.remove(cancellation);
    }
  }

  /** Whether the help of a command of the framework is wanted, such as {@code lb}. */
  private static boolean asksForAnother(List<String> words, CommandSession session) {
    if (words.size() != 2
        || !words.get(0).equals("help")
        || !(session.get(KNOWN) instanceof Set<?> known)) {
      return false;
    }
    String name = words.get(1);
    return !Commands.all().names().contains(name)
        && known.stream()
            .map(String::valueOf)
            .filter(each -> !each.startsWith(SCOPE + ":"))
            .anyMatch(each -> each.equals(name) || each.endsWith(":" + name));
  }
}
