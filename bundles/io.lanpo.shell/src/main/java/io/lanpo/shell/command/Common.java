package io.lanpo.shell.command;

import picocli.CommandLine.Option;

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
}
