package io.lanpo.shell.command;

import io.lanpo.api.component.Names;
import io.lanpo.api.component.UserException;
import io.lanpo.api.train.Installation;
import io.lanpo.shell.dispatch.Dispatcher;
import io.lanpo.shell.service.ServiceHandle;
import io.lanpo.shell.service.Services;
import io.lanpo.shell.terminal.Console;
import io.lanpo.shell.terminal.Keyboard;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs commands as the launcher would, on services that a test registers. */
public final class CommandHarness implements Services {
  private final Map<Class<?>, Map<String, Object>> services = new HashMap<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /** Services handed out and not given back. */
  public final AtomicInteger held = new AtomicInteger();

  public final CancellationToken cancellation = new CancellationToken();
  public Path home = Path.of("home");
  public Path var = Path.of("var");
  public Path deploy = Path.of("deploy");
  public boolean colour;
  public int width;
  public Keyboard keyboard = Keyboard.NONE;

  public <T> CommandHarness with(Class<T> type, String name, T service) {
    services.computeIfAbsent(type, t -> new TreeMap<>()).put(name, service);
    return this;
  }

  public <T> CommandHarness with(Class<T> type, T service) {
    return with(type, "", service);
  }

  public int run(String... words) {
    out.reset();
    err.reset();
    return new Dispatcher(context()).run(List.of(words));
  }

  public CommandContext context() {
    Console console = new Console(stream(out), stream(err), colour, width, 0);
    Installation installation =
        new Installation(home, home.resolve("configs"), deploy, home.resolve("runs"), var);
    return new CommandContext(console, keyboard, this, installation, "0.1.0", cancellation, false);
  }

  public String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  public String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  @Override
  public <T> ServiceHandle<T> only(Class<T> type) {
    return named(type, "", "");
  }

  @Override
  public <T> ServiceHandle<T> named(Class<T> type, String name, String where) {
    Object service = services.getOrDefault(type, Map.of()).get(name);
    if (service == null) {
      throw new UserException(
          "there is no %s %s".formatted(type.getSimpleName(), name),
          Names.suggestion(name, names(type)));
    }
    held.incrementAndGet();
    T typed = type.cast(service);
    return new ServiceHandle<>() {
      @Override
      public T get() {
        return typed;
      }

      @Override
      public void close() {
        held.decrementAndGet();
      }
    };
  }

  @Override
  public List<String> names(Class<?> type) {
    return new ArrayList<>(services.getOrDefault(type, Map.of()).keySet());
  }
}
