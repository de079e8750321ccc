package io.lanpo.shell.command.component;

import io.lanpo.api.component.Setting;
import io.lanpo.api.deploy.ComponentState;
import io.lanpo.api.deploy.ComponentState.Condition;
import io.lanpo.api.deploy.Deployment;
import io.lanpo.api.deploy.Deployments;
import io.lanpo.api.train.ComponentCatalogue;
import io.lanpo.api.train.ComponentInfo;
import io.lanpo.shell.command.BaseCommand;
import io.lanpo.shell.command.CommandContext;
import io.lanpo.shell.service.ServiceHandle;
import io.lanpo.shell.terminal.Console;
import io.lanpo.shell.terminal.Table;
import io.lanpo.shell.view.DeploymentView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
      List<ComponentInfo> serving = catalogue.get().components();
      List<ComponentState> others =
          deployments.get().components().stream()
              .filter(c -> c.condition() != Condition.READY)
              .toList();
      List<Deployment> refused =
          deployments.get().deployments().stream()
              .filter(d -> d.state() == Deployment.State.REFUSED)
              .toList();
      if (common.json) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("components", serving.stream().map(ComponentsCommand::document).toList());
        document.put("notServing", others.stream().map(DeploymentView::document).toList());
        document.put("refused", refused.stream().map(DeploymentView::document).toList());
        printJson(document);
      } else {
        print(serving, others, refused);
      }
      return ExitCode.OK;
    }
  }

  private void print(
      List<ComponentInfo> serving, List<ComponentState> others, List<Deployment> refused) {
    Console console = console();
    Table table =
        new Table()
            .column("kind")
            .column("name")
            .column("state")
            .column("bundle")
            .column("version")
            .number("ranking")
            .column("pinned by");
    boolean anyShadowed = false;
    ComponentInfo before = null;
    for (ComponentInfo info : serving) {
      // of two with one name the one that serves comes first
      boolean shadowed =
          before != null && before.kind().equals(info.kind()) && before.name().equals(info.name());
      anyShadowed |= shadowed;
      table.row(
          info.kind(),
          info.name(),
          shadowed ? "shadowed" : "ready",
          info.bundle(),
          info.version(),
          info.ranking(),
          String.join(", ", info.pinnedBy()));
      before = info;
    }
    for (ComponentState state : others) {
      table.row(
          text -> console.paint().problem(text),
          state.kind(),
          state.name(),
          Setting.word(state.condition()),
          state.bundle(),
          state.version(),
          "",
          "");
    }
    table.print(console);
    if (anyShadowed) {
      console.out().println();
      console
          .out()
          .println(
              "Of two with one name the upper one serves; NAME@VERSION chooses by its bundle's version.");
    }
    if (!others.isEmpty()) {
      console.out().println();
      console.out().println("'lanpo why NAME' says what keeps one that is not ready.");
    }
    if (!refused.isEmpty()) {
      console.out().println();
      console.out().println("Not in effect:");
      refused.forEach(d -> DeploymentView.lines(d).forEach(console.out()::println));
    }
  }

  private static Map<String, Object> document(ComponentInfo info) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("kind", info.kind());
    document.put("name", info.name());
    document.put("bundle", info.bundle());
    document.put("version", info.version());
    document.put("ranking", info.ranking());
    document.put("pinnedBy", info.pinnedBy());
    return document;
  }
}
