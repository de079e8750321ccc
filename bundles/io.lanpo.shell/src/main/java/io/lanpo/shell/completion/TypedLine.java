package io.lanpo.shell.completion;

import io.lanpo.shell.command.Completes;
import io.lanpo.shell.command.Completes.Values;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The whole words before the cursor: which command they are, and what it was given. */
final class TypedLine {
  private final List<String> arguments = new ArrayList<>();
  private final Set<OptionSpec> options = new LinkedHashSet<>();
  private final Map<Values, String> named = new EnumMap<>(Values.class);
  private final Map<String, String> settings = new HashMap<>();
  private CommandLine command;
  private @Nullable OptionSpec open;

  /**
   * @param root the command whose subcommands are the first words
   */
  TypedLine(CommandLine root, List<String> words) {
    command = root;
    words.forEach(this::read);
  }

  private void read(String word) {
    OptionSpec option = open;
    if (option != null) {
      note(option, word);
      open = null;
    } else if (word.startsWith("-")) {
      int at = word.indexOf('=');
      option = command.getCommandSpec().findOption(at < 0 ? word : word.substring(0, at));
      if (option != null) {
        options.add(option);
      }
      if (option != null && takesValue(option)) {
        if (at < 0) {
          open = option;
        } else {
          note(option, word.substring(at + 1));
        }
      }
    } else if (arguments.isEmpty() && command.getSubcommands().containsKey(word)) {
      command = command.getSubcommands().get(word);
    } else {
      argument().ifPresent(spec -> note(spec, word));
      arguments.add(word);
    }
  }

  private void note(ArgSpec spec, String value) {
    int at = value.indexOf('=');
    if (spec.isMultiValue() && spec.typeInfo().isMap() && at > 0) {
      settings.put(value.substring(0, at), value.substring(at + 1));
    }
    completes(spec).ifPresent(by -> named.putIfAbsent(by.value(), value));
  }

  /** The command. */
  CommandLine command() {
    return command;
  }

  /** Its arguments that belong to no option. */
  List<String> arguments() {
    return arguments;
  }

  /** The option whose value comes next. */
  Optional<OptionSpec> open() {
    return Optional.ofNullable(open);
  }

  /** The argument that comes next, if there may be one more. */
  Optional<PositionalParamSpec> argument() {
    return command.getCommandSpec().positionalParameters().stream()
        .filter(spec -> spec.index().contains(arguments.size()))
        .findFirst();
  }

  /** Whether an option may be given, or given again. */
  boolean allows(OptionSpec option) {
    return !option.hidden() && (option.isMultiValue() || !options.contains(option));
  }

  ValueSource.Given given() {
    return new ValueSource.Given(Map.copyOf(named), Map.copyOf(settings));
  }

  static boolean takesValue(OptionSpec option) {
    return option.arity().max() > 0;
  }

  /** What a command declares of an argument or an option. */
  static Optional<Completes> completes(ArgSpec spec) {
    return spec.userObject() instanceof AnnotatedElement field
        ? Optional.ofNullable(field.getAnnotation(Completes.class))
        : Optional.empty();
  }
}
