package io.lanpo.shell.completion;

import io.lanpo.api.component.Setting;
import io.lanpo.api.train.Installation;
import io.lanpo.shell.command.CommonOptions;
import io.lanpo.shell.command.Completes;
import io.lanpo.shell.command.Completes.Values;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Completion for bash and zsh, where no platform runs: commands, options, names of components and
 * settings as they are now, while names of configurations, runs and other folders are looked up
 * when Tab is pressed.
 *
 * @param root the command whose subcommands are the first words
 * @param values the values that are there now
 * @param installation where the folders are
 */
public record CompletionScript(CommandLine root, ServiceValues values, Installation installation) {
  private static final String SHELL_PART = "completion.sh";

  /** Shells that can read it. */
  public enum Shell {
    BASH,
    ZSH
  }

  /** What a script cannot look up without a platform. */
  private static final Set<Values> FIXED =
      EnumSet.of(
          Values.BENCHMARK,
          Values.VERIFIER,
          Values.FILTER,
          Values.COMPONENT,
          Values.LENGTH_SETTING,
          Values.POOL_SETTING);

  /** The lines of the script. */
  public List<String> lines(Shell shell) throws InterruptedException {
    List<String> lines = new ArrayList<>();
    String name = Setting.word(shell);
    lines.add("# Completion of lanpo for %1$s: eval \"$(lanpo completion %1$s)\"".formatted(name));
    if (shell == Shell.ZSH) {
      lines.add("(( $+functions[compdef] )) || { autoload -U compinit && compinit; }");
      lines.add("autoload -U +X bashcompinit && bashcompinit");
    }
    lines.add("");
    folder(lines, "configs", installation.configs());
    folder(lines, "runs", installation.runs());
    folder(lines, "var", installation.var());
    folder(lines, "bundles", installation.home().resolveSibling("bundles"));
    Map<String, List<String>> settings = values.settings();
    lines.add("_lanpo_keys=" + CommonOptions.quoted(String.join(" ", settings.keySet())));
    lines.add("");
    lines.add("_lanpo_setting() {");
    lines.add("  case $1 in");
    settings.forEach(
        (key, words) -> {
          if (!words.isEmpty()) {
            lines.add(
                "    %s) printf '%%s\\n' %s ;;"
                    .formatted(CommonOptions.quoted(key), quoted(words)));
          }
        });
    lines.add("  esac");
    lines.add("}");
    lines.add("");
    lines.add("_lanpo_takes() {");
    lines.add("  case $1 in");
    takes(lines, "", root);
    lines.add("  esac");
    lines.add("}");
    lines.add("");
    shellPart().lines().forEach(lines::add);
    return lines;
  }

  private static void folder(List<String> lines, String name, Path folder) {
    lines.add("_lanpo_%s=%s".formatted(name, CommonOptions.quoted(folder.toString())));
  }

  private void takes(List<String> lines, String path, CommandLine command)
      throws InterruptedException {
    StringJoiner tokens = new StringJoiner(" ");
    command.getSubcommands().keySet().forEach(name -> tokens.add("@" + name));
    for (PositionalParamSpec argument : command.getCommandSpec().positionalParameters()) {
      tokens.add(":" + kind(argument) + (many(argument) ? "*" : ""));
    }
    for (OptionSpec option : command.getCommandSpec().options()) {
      String comma = option.splitRegex().isEmpty() ? "" : ",";
      tokens.add(
          option.longestName() + (TypedLine.takesValue(option) ? "=" + comma + kind(option) : ""));
    }
    lines.add(
        "    %s) printf '%%s\\n' %s ;;"
            .formatted(
                path.isEmpty() ? "''" : CommonOptions.quoted(path),
                quoted(List.of(tokens.toString().split(" ")))));
    for (Map.Entry<String, CommandLine> each : command.getSubcommands().entrySet()) {
      takes(lines, path + " " + each.getKey(), each.getValue());
    }
  }

  private static boolean many(PositionalParamSpec argument) {
    return argument.index().max() == Integer.MAX_VALUE || argument.index().isVariable();
  }

  private String kind(ArgSpec spec) throws InterruptedException {
    Optional<Completes> declared = TypedLine.completes(spec);
    if (declared.isEmpty()) {
      return "none";
    }
    Completes by = declared.get();
    List<String> words;
    if (by.value() == Values.WORD) {
      words = Stream.of(by.words().getEnumConstants()).map(Setting::word).toList();
    } else if (by.value() == Values.COMMAND) {
      words = List.copyOf(root.getSubcommands().keySet());
    } else if (FIXED.contains(by.value())) {
      ValueSource.Given nothing = new ValueSource.Given(Map.of(), Map.of());
      words = values.choices(by.value(), "", nothing).stream().map(Choice::value).toList();
    } else {
      return by.value().name().toLowerCase(Locale.ROOT);
    }
    return "words|" + String.join("|", words);
  }

  private static String quoted(List<String> words) {
    return words.stream().map(CommonOptions::quoted).collect(Collectors.joining(" "));
  }

  private static String shellPart() {
    try (InputStream in =
        Objects.requireNonNull(
            CompletionScript.class.getResourceAsStream(SHELL_PART), SHELL_PART)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
