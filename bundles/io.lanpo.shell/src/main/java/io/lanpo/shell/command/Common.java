package io.lanpo.shell.command;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options that every command has. */
final class Common {
  static final String JSON = "--json";
  static final String DEBUG = "--debug";

  @Option(
      names = JSON,
      description = "Print one JSON document on standard output and nothing else there.")
  boolean json;

  @Option(names = DEBUG, description = "Show the stack trace of a failure.")
  boolean debug;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  /** Wrong usage of the command that has these options, which the parser could not know. */
  ParameterException wrongUsage(String message) {
    return new ParameterException(
        Objects.requireNonNull(command, "not parsed").commandLine(), message);
  }
}
