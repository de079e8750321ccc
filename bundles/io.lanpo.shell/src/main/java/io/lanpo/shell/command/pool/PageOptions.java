package io.lanpo.shell.command.pool;

import io.lanpo.shell.command.CommonOptions;
import io.lanpo.shell.terminal.Console;
import io.lanpo.shell.terminal.TerminalText;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that cut a long list into pages. */
final class PageOptions {
  private static final String PAGE = "--page";

  @Option(
      names = PAGE,
      paramLabel = "P",
      defaultValue = "1",
      description = "Which page to show; 1 by default.")
  private int page;

  @Option(names = "--k", paramLabel = "N", description = "How many entries a page has.")
  private @Nullable Integer k;

  /**
   * The page that was asked for.
   *
   * @param rows its entries
   * @param page its number, from 1
   * @param k most entries of a page
   * @param total entries of all pages
   */
  record Page<T>(List<T> rows, int page, int k, int total) {
    private boolean last() {
      return (long) page * k >= total;
    }

    /** Adds to a document which part of a list it has. */
    void describe(Map<String, Object> document) {
      document.put("page", page);
      document.put("k", k);
      document.put("total", total);
    }

    /** Prints what is shown and the command that shows more; nothing when this is everything. */
    void printFooter(CommonOptions common, Console console) {
      if (rows.size() == total) {
        return;
      }
      int first = (page - 1) * k + 1;
      String next =
          last() ? "that is all" : "next: " + common.again(PAGE, Integer.toString(page + 1));
      String footer =
          "showing %d–%d of %d; %s".formatted(first, first + rows.size() - 1, total, next);
      console.out().println();
      console.out().println(TerminalText.line(footer));
    }
  }

  /**
   * Cuts out the page.
   *
   * @param usual entries of a page when {@code --k} is not given
   */
  <T> Page<T> cut(List<T> all, int usual, CommonOptions common) {
    int size = size(usual, common);
    long from = (page - 1L) * size;
    if (from >= all.size() && !all.isEmpty()) {
      throw common.wrongUsage(
          "--page = %d is past the end; %d entries make %d page(s)"
              .formatted(page, all.size(), (all.size() + size - 1L) / size));
    }
    int begin = (int) Math.min(all.size(), from);
    int end = (int) Math.min(all.size(), from + size);
    return new Page<>(List.copyOf(all.subList(begin, end)), page, size, all.size());
  }

  /** Entries of a page of a list: a script gets all of them unless it asks for pages. */
  static int usual(List<?> all, int rows, CommonOptions common) {
    return common.json ? Math.max(1, all.size()) : rows;
  }

  /** Refuses what is no page before a pool is opened. */
  void check(CommonOptions common) {
    size(1, common);
    if (page < 1) {
      throw common.wrongUsage("--page = %d is not allowed; give 1 or more".formatted(page));
    }
  }

  private int size(int usual, CommonOptions common) {
    Integer given = k;
    if (given != null && given < 1) {
      throw common.wrongUsage("--k = %d is not allowed; give 1 or more".formatted(given));
    }
    return given == null ? usual : given;
  }
}
