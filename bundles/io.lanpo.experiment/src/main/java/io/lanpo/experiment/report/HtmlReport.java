package io.lanpo.experiment.report;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** A report as one page that needs no other file, no script and no network. */
final class HtmlReport {
  private static final String STYLE =
      """
      :root { color-scheme: light dark; }
      body { font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
      .wide { overflow-x: auto; }
      table { border-collapse: collapse; font-size: 0.9rem; margin: 0.5rem 0; }
      th, td { padding: 0.25rem 0.6rem; border-bottom: 1px solid #8885; text-align: left; }
      .figures th, .figures td { text-align: right; white-space: nowrap; }
      .figures th:first-child, .figures td:first-child { text-align: left; white-space: normal; min-width: 10rem; }
      figure { margin: 1rem 0; }
      figure img { max-width: 100%; height: auto; }
      figcaption { font-size: 0.9rem; opacity: 0.8; }
      """;

  private HtmlReport() {}

  static String of(String title, List<ReportBlock> blocks) {
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
        <title>%s</title>
        <style>
        %s</style>
        </head>
        <body>
        %s
        </body>
        </html>
        """
        .formatted(
            inert(title),
            STYLE,
            blocks.stream().map(HtmlReport::text).collect(Collectors.joining("\n")));
  }

  private static String text(ReportBlock block) {
    if (block instanceof ReportBlock.Heading heading) {
      return "<h%1$d>%2$s</h%1$d>".formatted(heading.level(), inert(heading.text()));
    }
    if (block instanceof ReportBlock.Paragraph paragraph) {
      return "<p>" + inert(paragraph.text()) + "</p>";
    }
    if (block instanceof ReportBlock.Figure figure) {
      // as an image of its own: the names within one picture cannot clash with those of another
      return "<figure><img alt=\"%1$s\" src=\"data:image/svg+xml;base64,%2$s\"><figcaption>%1$s</figcaption></figure>"
          .formatted(
              inert(figure.text()),
              Base64.getEncoder().encodeToString(figure.svg().getBytes(StandardCharsets.UTF_8)));
    }
    ReportBlock.Table table = (ReportBlock.Table) block;
    return "<div class=\"wide\"><table class=\"%s\">\n<tr>%s</tr>\n%s</table></div>"
        .formatted(
            table.figures() ? "figures" : "text",
            cells("th", table.heads()),
            table.rows().stream()
                .map(row -> "<tr>" + cells("td", row) + "</tr>\n")
                .collect(Collectors.joining()));
  }

  private static String cells(String tag, List<String> cells) {
    return cells.stream()
        .map(c -> "<%1$s>%2$s</%1$s>".formatted(tag, inert(c)))
        .collect(Collectors.joining());
  }

  /** Text that means nothing to a browser. */
  static String inert(String text) {
    return plain(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** Text of one line without control characters and marks that reorder it. */
  static String plain(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              int type = Character.getType(c);
              boolean active =
                  Character.isISOControl(c)
                      || type == Character.FORMAT
                      || type == Character.SURROGATE
                      || type == Character.LINE_SEPARATOR
                      || type == Character.PARAGRAPH_SEPARATOR;
              plain.appendCodePoint(active ? ' ' : c);
            });
    return plain.toString();
  }
}
