package io.lanpo.shell.command.run;

import io.lanpo.api.train.RunHandle;
import io.lanpo.api.train.RunResult;
import io.lanpo.api.train.RunSummary;
import io.lanpo.shell.command.CommandContext;
import io.lanpo.shell.terminal.Console;
import io.lanpo.shell.terminal.Json;
import io.lanpo.shell.terminal.ProgressLine;
import io.lanpo.shell.view.HealthView;
import io.lanpo.shell.view.RunView;
import java.util.Map;
import picocli.CommandLine.ExitCode;

/**
 * Waits for a run, lets the user stop it cleanly, and prints its result.
 *
 * @param progress the line on which the run reports; closed before the result is printed
 * @param json whether the result is printed as a document
 */
record RunFollower(CommandContext context, ProgressLine progress, boolean json) {
  /**
   * Follows a run to its end.
   *
   * @return the exit code
   * @throws InterruptedException when the user will not wait even for the stop
   */
  int follow(RunHandle handle) throws InterruptedException {
    handle.choices().forEach((key, choice) -> progress.say(key + " = " + choice));
    progress.say(
        "run %1$s; Ctrl-C or 'lanpo stop %1$s' stops it at its next step".formatted(handle.id()));
    context.cancellation().onCancel(handle::requestStop);
    RunSummary summary = await(handle);
    progress.close();
    RunResult result = summary.result();
    return result == null ? stopped(summary) : finished(result, summary);
  }

  private RunSummary await(RunHandle handle) throws InterruptedException {
    boolean asked = false;
    while (true) {
      try {
        return handle.await();
      } catch (InterruptedException e) {
        if (asked) {
          throw e;
        }
        asked = true;
        // the session shows its prompt again: from here on nothing must be overwritten
        progress.close();
        progress.say("stopping at the next step ...");
        context.cancellation().cancel();
      } catch (RuntimeException | Error e) {
        String ended =
            context.cancellation().cancelled()
                ? "run %1$s was interrupted; 'lanpo resume %1$s' continues it"
                : "run %1$s failed; once the cause is fixed, 'lanpo resume %1$s' continues it";
        progress.say(ended.formatted(handle.id()));
        throw e;
      }
    }
  }

  private int finished(RunResult result, RunSummary summary) {
    Console console = context.console();
    if (json) {
      Map<String, Object> document = RunView.result(result, summary);
      document.putAll(HealthView.of(summary).document());
      console.out().println(Json.of(document));
    } else {
      HealthView.of(summary).print(console);
      RunView.accuracy(result).print(console);
      console.out().println();
      RunView.costs(result)
          .row("run", summary.id())
          .row("run folder", summary.folder())
          .print(console);
    }
    return ExitCode.OK;
  }

  /** No result is a failure for a script that asked for one, whoever stopped the run. */
  private int stopped(RunSummary summary) {
    Console console = context.console();
    if (!summary.message().isEmpty() && !context.cancellation().cancelled()) {
      progress.say("lanpo: " + summary.message());
    }
    progress.say(
        "stopped at step %d; resume with: lanpo resume %s".formatted(summary.step(), summary.id()));
    if (json) {
      Map<String, Object> document = RunView.document(summary);
      document.put("resume", "lanpo resume " + summary.id());
      console.out().println(Json.of(document));
    }
    return ExitCode.SOFTWARE;
  }
}
