package io.lanpo.shell.command;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** For commands that only hold other commands. */
final class Nested {
  private Nested() {}

  /** The parser that filled in a command's {@code @Spec}. */
  static CommandLine line(@Nullable CommandSpec spec) {
    return Objects.requireNonNull(spec, "not parsed").commandLine();
  }
}
