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
 * @param width columns of {@code out} for tables; 0: lines may be of any length
 * @param liveWidth columns of {@code err} if it is a terminal on which a line may be overwritten;
 *     else 0
 */
public record Console(PrintStream out, PrintStream err, boolean colour, int width, int liveWidth) {
  /** Columns of a terminal that does not say how many it has. */
  public static final int USUAL_WIDTH = 80;

  /**
   * The streams of this process. A table fits the columns that {@code COLUMNS} names, else those of
   * the terminal; without either, as in a pipe or a file, its lines are of any length.
   *
   * <p>The streams are opened from their descriptors, because Gogo replaces {@code System.out} by a
   * stream that looks at the current thread.
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
    int asked = columns(settings.apply("COLUMNS"));
    int measured = columns(settings.apply("lanpo.terminal.columns"));
    int terminal = measured > 0 ? measured : asked > 0 ? asked : USUAL_WIDTH;
    int width = asked > 0 ? asked : outTerminal ? terminal : 0;
    return new Console(out, err, colour, width, live ? terminal : 0);
  }

  /** Whether {@code err} is a terminal on which a line may be overwritten. */
  public boolean live() {
    return liveWidth > 0;
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

  /** Columns as they are written; 0 when they are not given or no sensible number. */
  private static int columns(@Nullable String given) {
    return given != null && given.matches("[1-9]\\d{1,3}") ? Integer.parseInt(given) : 0;
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
