package io.lanpo.shell.command;

import io.lanpo.api.component.Setting;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options that every command has. */
public final class CommonOptions {
  public static final String JSON = "--json";
  public static final String DEBUG = "--debug";

  @Option(
      names = JSON,
      description = "Print one JSON document on standard output and nothing else there.")
  public boolean json;

  @Option(names = DEBUG, description = "Show the stack trace of a failure.")
  public boolean debug;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  /**
   * The command line as it was given, with the value of an option replaced or added.
   *
   * @param option the option, such as {@code --page}
   */
  public String again(String option, String value) {
    CommandSpec root = Objects.requireNonNull(command, "not parsed").root();
    StringJoiner line = new StringJoiner(" ").add(root.name());
    Iterator<String> words = root.commandLine().getParseResult().originalArgs().iterator();
    while (words.hasNext()) {
      String word = words.next();
      if (word.equals(option)) {
        words.next();
      } else if (!word.startsWith(option + "=")) {
        line.add(quoted(word));
      }
    }
    return line.add(option).add(value).toString();
  }

  /** As a shell takes it for one word. */
  public static String quoted(String word) {
    return word.matches("[\\w./:=+,@%-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  /**
   * The value that a word names.
   *
   * @param option the option that was given the word
   * @param words every allowed word with its value
   */
  public <T> T choose(String option, String word, Map<String, T> words) {
    T chosen = words.get(word);
    if (chosen == null) {
      throw wrongUsage(
          "%s = %s is not allowed; it must be %s"
              .formatted(option, word, String.join(", ", words.keySet())));
    }
    return chosen;
  }

  /** The constants of an enumeration by their words, in their order. */
  public static <E extends Enum<E>> Map<String, E> words(Class<E> type) {
    Map<String, E> words = new LinkedHashMap<>();
    for (E constant : type.getEnumConstants()) {
      words.put(Setting.word(constant), constant);
    }
    return words;
  }

  /** Wrong usage of the command that has these options, which the parser could not know. */
  public ParameterException wrongUsage(String message) {
    return new ParameterException(
        Objects.requireNonNull(command, "not parsed").commandLine(), message);
  }
}
