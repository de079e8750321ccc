package io.lanpo.shell.dispatch;

import io.lanpo.api.component.Setting;
import io.lanpo.shell.command.BaseCommand;
import io.lanpo.shell.command.CommandContext;
import io.lanpo.shell.command.CommonOptions;
import io.lanpo.shell.command.Completes;
import io.lanpo.shell.completion.CompletionScript;
import io.lanpo.shell.completion.ServiceValues;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Parameters;

/** {@code completion bash|zsh}. */
@Command(
    description = "Print a script with which Tab completes in bash or zsh.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  eval \"$(lanpo completion bash)\"       in this shell",
      "  lanpo completion bash > ~/.local/share/bash-completion/completions/lanpo",
      "                                        in every bash to come",
      "  lanpo completion zsh > ~/.lanpo.zsh   and in ~/.zshrc: source ~/.lanpo.zsh"
    })
final class CompletionCommand extends BaseCommand {
  private final CommandRegistry commands;

  @Completes(words = CompletionScript.Shell.class)
  @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
  private String shell = "";

  CompletionCommand(CommandContext context, CommandRegistry commands) {
    super(context);
    this.commands = commands;
  }

  @Override
  public Integer call() throws InterruptedException {
    CompletionScript.Shell chosen =
        common.choose("SHELL", shell, CommonOptions.words(CompletionScript.Shell.class));
    ServiceValues values = new ServiceValues(context.services(), context.installation());
    var lines =
        new CompletionScript(commands.tree(context), values, context.installation()).lines(chosen);
    if (common.json) {
      printJson(Map.of("shell", Setting.word(chosen), "script", String.join("\n", lines) + "\n"));
    } else {
      lines.forEach(this::println);
    }
    return ExitCode.OK;
  }
}
