package io.lanpo.shell.command.component;

import io.lanpo.api.component.ComponentCatalogue;
import io.lanpo.api.component.ComponentState;
import io.lanpo.api.component.ComponentState.Condition;
import io.lanpo.api.component.Setting;
import io.lanpo.api.deploy.Deployment;
import io.lanpo.api.deploy.Deployments;
import io.lanpo.shell.command.BaseCommand;
import io.lanpo.shell.command.CommandContext;
import io.lanpo.shell.service.ServiceHandle;
import io.lanpo.shell.terminal.Console;
import io.lanpo.shell.terminal.Table;
import io.lanpo.shell.terminal.TerminalText;
import io.lanpo.shell.view.DeploymentView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** {@code components}. */
@Command(
    description = "List the installed components, their state, and which runs use them.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanpo components",
      "  lanpo why my-critique                 what keeps a component from serving",
      "  lanpo components --json | jq -r '.components[].name'"
    })
public final class ComponentsCommand extends BaseCommand {
  public ComponentsCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() throws InterruptedException {
    try (ServiceHandle<ComponentCatalogue> catalogue =
            context.services().only(ComponentCatalogue.class);
        ServiceHandle<Deployments> deployments = context.services().only(Deployments.class)) {
      List<ComponentState> all = catalogue.get().components();
      List<Deployment> refused =
          deployments.get().deployments().stream()
              .filter(d -> d.state() == Deployment.State.REFUSED)
              .toList();
      if (common.json) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("components", documents(all, true));
        document.put("notServing", documents(all, false));
        document.put("refused", refused.stream().map(DeploymentView::document).toList());
        printJson(document);
      } else {
        print(all, refused);
      }
      return ExitCode.OK;
    }
  }

  private void print(List<ComponentState> all, List<Deployment> refused) {
    Console console = console();
    Table table =
        new Table()
            .column("kind")
            .column("name")
            .column("state")
            .column("bundle")
            .optional(1)
            .column("version")
            .optional(2)
            .number("ranking")
            .optional(3)
            .column("pinned by")
            .folds()
            .ifAny();
    List<ComponentState> stopped = all.stream().filter(state -> !works(state)).toList();
    all.stream().filter(ComponentsCommand::works).forEach(state -> row(table, text -> text, state));
    stopped.forEach(
        state -> row(table, needsWork(state) ? console.paint()::problem : text -> text, state));
    table.print(console);
    if (all.stream().anyMatch(state -> state.condition() == Condition.SHADOWED)) {
      console.out().println();
      console
          .out()
          .println(
              "Of two with one name the upper one serves; NAME@VERSION chooses by its bundle's"
                  + " version.");
    }
    if (!stopped.isEmpty()) {
      console.out().println();
      stopped.forEach(state -> console.out().println(reason(state)));
    }
    if (stopped.stream().anyMatch(ComponentsCommand::needsWork)) {
      console.out().println("'lanpo why NAME' says what can be done about it.");
    }
    if (!refused.isEmpty()) {
      console.out().println();
      console.out().println("Not in effect:");
      refused.forEach(d -> DeploymentView.lines(d).forEach(console.out()::println));
    }
  }

  private static void row(Table table, UnaryOperator<String> paint, ComponentState state) {
    table.row(
        paint,
        state.kind(),
        state.name(),
        works(state) || needsWork(state) ? Setting.word(state.condition()) : "on demand",
        state.bundle(),
        state.version(),
        state.ranking(),
        String.join(", ", state.pinnedBy()));
  }

  private static String reason(ComponentState state) {
    return TerminalText.line(
        "%s %s: %s".formatted(state.kind(), state.name(), String.join(": ", state.causes())));
  }

  /** A bundle that starts on demand does not serve, and nothing needs to be done about it. */
  private static boolean needsWork(ComponentState state) {
    return !state.nextStep().isEmpty();
  }

  private static boolean works(ComponentState state) {
    return state.serves() || state.condition() == Condition.SHADOWED;
  }

  private static List<Map<String, Object>> documents(List<ComponentState> all, boolean working) {
    return all.stream()
        .filter(state -> works(state) == working)
        .map(DeploymentView::document)
        .toList();
  }
}
