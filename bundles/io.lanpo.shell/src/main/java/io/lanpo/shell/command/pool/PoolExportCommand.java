package io.lanpo.shell.command.pool;

import io.lanpo.api.component.UserException;
import io.lanpo.shell.command.BaseCommand;
import io.lanpo.shell.command.CommandContext;
import io.lanpo.shell.command.Completes;
import io.lanpo.shell.command.Completes.Values;
import io.lanpo.shell.pool.PoolFile;
import io.lanpo.shell.terminal.NumberFormats;
import io.lanpo.shell.terminal.TerminalText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pool export FILE}. */
@Command(
    description = "Write a pool to a file of JSON lines, which 'pool import' reads.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanpo pool export memory.jsonl        the pool of the newest run",
      "  lanpo pool export memory.jsonl --pool arith --force",
      "  jq -r 'select(.type == \"lesson\").text' memory.jsonl"
    })
public final class PoolExportCommand extends BaseCommand {
  @Mixin private final PoolOptions choice = new PoolOptions();

  @Completes(Values.FILE)
  @Parameters(paramLabel = "FILE", description = "The file to write.")
  private Path file = Path.of("");

  @Option(names = "--force", description = "Replace the file when it is there already.")
  private boolean force;

  public PoolExportCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() throws InterruptedException {
    choice.check(common);
    if (Files.exists(file) && !(force && Files.isRegularFile(file))) {
      throw new UserException(
          "%s is there already".formatted(file),
          Files.isRegularFile(file)
              ? "Name another file, or replace it with --force."
              : "It is no file; name a file.");
    }
    try (OpenPool open = new PoolFinder(context).open(choice)) {
      PoolFile.Written written = new PoolFile(file).write(open.pool());
      if (common.json) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("file", file.toString());
        document.put("folder", open.folder().toString());
        document.put("experiences", written.experiences());
        document.put("lessons", written.lessons());
        document.put("bytes", written.bytes());
        printJson(document);
      } else {
        console()
            .out()
            .println(
                TerminalText.line(
                    "%s: %s experiences and %s lessons, %s"
                        .formatted(
                            file,
                            NumberFormats.count(written.experiences()),
                            NumberFormats.count(written.lessons()),
                            NumberFormats.bytes(written.bytes()))));
      }
      return ExitCode.OK;
    }
  }
}
