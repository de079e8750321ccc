package io.lanpo.shell.command;

import io.lanpo.api.train.ComponentCatalogue;
import io.lanpo.api.train.ComponentInfo;
import io.lanpo.shell.service.Held;
import io.lanpo.shell.view.Json;
import io.lanpo.shell.view.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/** {@code components}. */
@Command(
    description = "List the installed components and which runs hold them.",
    footerHeading = "%nExamples:%n",
    footer = {"  lanpo components", "  lanpo components --json | jq -r '.components[].name'"})
final class ComponentsCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin private final Common common = new Common();

  ComponentsCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws InterruptedException {
    try (Held<ComponentCatalogue> catalogue =
        invocation.services().only(ComponentCatalogue.class)) {
      List<ComponentInfo> components = catalogue.get().components();
      if (common.json) {
        List<Map<String, Object>> entries =
            components.stream().map(ComponentsCommand::document).toList();
        invocation.console().out().println(Json.of(Map.of("components", entries)));
      } else {
        print(components);
      }
      return ExitCode.OK;
    }
  }

  private void print(List<ComponentInfo> components) {
    Table table =
        new Table()
            .column("kind")
            .column("name")
            .column("bundle")
            .column("version")
            .number("ranking")
            .column("pinned by");
    for (ComponentInfo info : components) {
      table.row(
          info.kind(),
          info.name(),
          info.bundle(),
          info.version(),
          info.ranking(),
          String.join(", ", info.pinnedBy()));
    }
    table.print(invocation.console());
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
