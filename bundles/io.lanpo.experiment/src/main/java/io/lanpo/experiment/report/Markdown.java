package io.lanpo.experiment.report;

import java.util.List;
import java.util.stream.Collectors;

/** A report as Markdown; pictures are links to files beside it. */
final class Markdown {
  private Markdown() {}

  static String of(List<Block> blocks) {
    return blocks.stream().map(Markdown::text).collect(Collectors.joining("\n"));
  }

  private static String text(Block block) {
    if (block instanceof Block.Heading heading) {
      return "#".repeat(heading.level()) + " " + inert(heading.text()) + "\n";
    }
    if (block instanceof Block.Paragraph paragraph) {
      return inert(paragraph.text()) + "\n";
    }
    if (block instanceof Block.Figure figure) {
      return "![%s](%s)\n".formatted(inert(figure.text()), figure.file());
    }
    Block.Table table = (Block.Table) block;
    StringBuilder text = new StringBuilder(line(table.heads()));
    String others = table.figures() ? "---:|" : "---|";
    text.append("|---|").append(others.repeat(table.heads().size() - 1)).append('\n');
    table.rows().forEach(row -> text.append(line(row)));
    return text.toString();
  }

  private static String line(List<String> cells) {
    return "| " + cells.stream().map(Markdown::inert).collect(Collectors.joining(" | ")) + " |\n";
  }

  /** Text that means nothing to Markdown, to HTML inside of it, or to a terminal. */
  static String inert(String text) {
    return Html.plain(text).replaceAll("([\\\\`*_\\[\\]<>|#&])", "\\\\$1");
  }
}
