package io.lanpo.shell.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where a command writes.
 *
 * @param out for results
 * @param err for progress and complaints
 * @param colour whether {@code out} is a terminal that shall be coloured
 * @param live whether {@code err} is a terminal on which a line may be overwritten
 * @param width columns of the terminal; 0 when there is none, and lines may be of any length
 */
public record Console(PrintStream out, PrintStream err, boolean colour, boolean live, int width) {
  /** Columns of a terminal that does not say how many it has. */
  public static final int USUAL_WIDTH = 80;

  /**
   * The streams of this process. They are opened from their descriptors, because Gogo replaces
   * {@code System.out} by a stream that looks at the current thread.
   *
   * @param settings a property or environment variable by its name: {@code lanpo.terminal.out},
   *     {@code lanpo.terminal.err} and {@code lanpo.terminal.columns} as the launcher found them,
   *     {@code TERM}, {@code NO_COLOR}, {@code COLUMNS}
   */
  public static Console ofProcess(UnaryOperator<@Nullable String> settings) {
    return of(stream(FileDescriptor.out), stream(FileDescriptor.err), settings);
  }

  /** As {@link #ofProcess}, with other streams. */
  static Console of(PrintStream out, PrintStream err, UnaryOperator<@Nullable String> settings) {
    boolean able = !"dumb".equals(settings.apply("TERM"));
    boolean outTerminal = terminal(settings.apply("lanpo.terminal.out"));
    boolean live = able && terminal(settings.apply("lanpo.terminal.err"));
    boolean colour = able && outTerminal && allowsColour(settings.apply("NO_COLOR"));
    int width = outTerminal || live ? columns(settings) : 0;
    return new Console(out, err, colour, live, width);
  }

  /**
   * Whether the variable {@code NO_COLOR} leaves colour on: it is unset or empty. See no-color.org.
   */
  public static boolean allowsColour(@Nullable String noColor) {
    return noColor == null || noColor.isEmpty();
  }

  /** A painter for results. */
  public AnsiStyle paint() {
    return new AnsiStyle(colour);
  }

  private static boolean terminal(@Nullable String given) {
    return given == null ? hasTerminal() : Boolean.parseBoolean(given);
  }

  /**
   * Until Java 21 a console is a terminal; since Java 22 there is always one, which can be asked.
   */
  private static boolean hasTerminal() {
    java.io.Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  private static int columns(UnaryOperator<@Nullable String> settings) {
    String launcher = settings.apply("lanpo.terminal.columns");
    String columns = launcher == null || launcher.isEmpty() ? settings.apply("COLUMNS") : launcher;
    boolean number = columns != null && columns.matches("[1-9]\\d{1,3}");
    return number ? Integer.parseInt(columns) : USUAL_WIDTH;
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
