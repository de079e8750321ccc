package io.lanpo.shell.completion;

import io.lanpo.api.component.Setting;
import io.lanpo.shell.command.Completes;
import io.lanpo.shell.command.Completes.Values;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What Tab offers in a command line: subcommands, options and values, each only where it may stand.
 */
public final class LineCompleter {
  private final CommandLine root;
  private final ValueSource values;

  /**
   * @param root the command whose subcommands are the first words
   * @param values the values that are there now
   */
  public LineCompleter(CommandLine root, ValueSource values) {
    this.root = root;
    this.values = values;
  }

  /**
   * What a word may become.
   *
   * @param words the whole words before it
   * @param word what was typed of it
   */
  public List<Choice> complete(List<String> words, String word) throws InterruptedException {
    TypedLine line = new TypedLine(root, words);
    Optional<OptionSpec> open = line.open();
    if (open.isPresent()) {
      return values(open.get(), word, line);
    }
    int at = word.indexOf('=');
    if (word.startsWith("-") && at > 0) {
      String name = word.substring(0, at);
      OptionSpec option = line.command().getCommandSpec().findOption(name);
      return option == null
          ? List.of()
          : behind(name + "=", values(option, word.substring(at + 1), line));
    }
    if (word.startsWith("-")) {
      return options(line);
    }
    if (line.arguments().isEmpty() && !line.command().getSubcommands().isEmpty()) {
      return subcommands(line.command());
    }
    var argument = line.argument();
    return argument.isPresent() ? values(argument.get(), word, line) : List.of();
  }

  private static List<Choice> options(TypedLine line) {
    return line.command().getCommandSpec().options().stream()
        .filter(line::allows)
        .map(option -> Choice.of(option.longestName(), first(option.description())))
        .toList();
  }

  private static List<Choice> subcommands(CommandLine command) {
    return command.getSubcommands().entrySet().stream()
        .map(
            each ->
                Choice.of(
                    each.getKey(),
                    first(each.getValue().getCommandSpec().usageMessage().description())))
        .toList();
  }

  private List<Choice> values(ArgSpec spec, String word, TypedLine line)
      throws InterruptedException {
    Optional<Completes> declared = TypedLine.completes(spec);
    if (declared.isEmpty()) {
      return List.of();
    }
    Completes by = declared.get();
    if (by.value() == Values.COMMAND) {
      return subcommands(new TypedLine(root, line.arguments()).command());
    }
    if (by.value() != Values.WORD) {
      return values.choices(by.value(), word, line.given());
    }
    List<Choice> words =
        Stream.of(by.words().getEnumConstants())
            .map(constant -> Choice.of(Setting.word(constant)))
            .toList();
    return spec.splitRegex().isEmpty()
        ? words
        : behind(word.substring(0, word.lastIndexOf(',') + 1), words);
  }

  private static List<Choice> behind(String beginning, List<Choice> choices) {
    return choices.stream().map(choice -> choice.behind(beginning)).toList();
  }

  /** The first sentence of a description. */
  private static String first(String... description) {
    return description.length == 0 ? "" : description[0].replaceFirst("(?s)[.;:] .*|\\.$", "");
  }
}
