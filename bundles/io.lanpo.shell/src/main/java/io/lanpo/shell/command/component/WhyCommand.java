package io.lanpo.shell.command.component;

import io.lanpo.api.component.ComponentCatalogue;
import io.lanpo.api.component.ComponentState;
import io.lanpo.api.component.Names;
import io.lanpo.api.component.Setting;
import io.lanpo.api.component.UserException;
import io.lanpo.api.deploy.Deployment;
import io.lanpo.api.deploy.Deployments;
import io.lanpo.shell.command.BaseCommand;
import io.lanpo.shell.command.CommandContext;
import io.lanpo.shell.command.Completes;
import io.lanpo.shell.command.Completes.Values;
import io.lanpo.shell.service.ServiceHandle;
import io.lanpo.shell.terminal.Console;
import io.lanpo.shell.terminal.Table;
import io.lanpo.shell.terminal.TerminalText;
import io.lanpo.shell.view.DeploymentView;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Parameters;

/** {@code why NAME}. */
@Command(
    description = "Say why a component, a bundle or a deployed file does not serve.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanpo why my-critique                 by the component's name",
      "  lanpo why com.example.critique        by the bundle's name",
      "  lanpo why critique.jar                by the file's name"
    })
public final class WhyCommand extends BaseCommand {
  @Completes(Values.COMPONENT)
  @Parameters(paramLabel = "NAME", description = "A component, a bundle or a file.")
  private String name = "";

  public WhyCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() throws InterruptedException {
    try (ServiceHandle<ComponentCatalogue> catalogue =
            context.services().only(ComponentCatalogue.class);
        ServiceHandle<Deployments> deployments = context.services().only(Deployments.class)) {
      List<ComponentState> all = catalogue.get().components();
      List<Deployment> files = deployments.get().deployments();
      List<ComponentState> meant =
          all.stream().filter(c -> c.name().equals(name) || c.bundle().equals(name)).toList();
      List<Deployment> refused =
          files.stream()
              .filter(d -> d.file().endsWith(name) || mentions(d))
              .filter(d -> d.state() == Deployment.State.REFUSED || meant.isEmpty())
              .toList();
      if (meant.isEmpty() && refused.isEmpty()) {
        throw new UserException(
            "no component, bundle or deployed file is called " + name,
            Names.suggestion(name, known(all, files)) + " 'lanpo components' lists them all.");
      }
      if (common.json) {
        printJson(
            Map.of(
                "components", meant.stream().map(DeploymentView::document).toList(),
                "files", refused.stream().map(DeploymentView::document).toList()));
      } else {
        meant.forEach(this::print);
        refused.forEach(d -> DeploymentView.lines(d).forEach(console().out()::println));
      }
      return ExitCode.OK;
    }
  }

  /** A bundle that was refused is known by its message alone. */
  private boolean mentions(Deployment deployment) {
    return deployment.state() == Deployment.State.REFUSED
        && deployment.message().matches("(?s).*(?<![\\w.-])\\Q" + name + "\\E(?![\\w.-]).*");
  }

  private static List<String> known(List<ComponentState> all, List<Deployment> files) {
    return Stream.concat(
            all.stream().flatMap(c -> Stream.of(c.name(), c.bundle())),
            files.stream().map(d -> String.valueOf(d.file().getFileName())))
        .distinct()
        .toList();
  }

  private void print(ComponentState state) {
    Console console = console();
    Table.facts()
        .row(state.kind(), state.name())
        .row("bundle", state.bundle() + " " + state.version())
        .row("state", Setting.word(state.condition()))
        .print(console);
    if (state.serves()) {
      console.out().println("It serves; nothing is missing.");
    }
    String indent = "  ";
    for (String cause : state.causes()) {
      console.out().println(indent + "because " + TerminalText.line(cause));
      indent += "  ";
    }
    if (!state.nextStep().isEmpty()) {
      console.out().println(TerminalText.line(state.nextStep()));
    }
    console.out().println();
  }
}
