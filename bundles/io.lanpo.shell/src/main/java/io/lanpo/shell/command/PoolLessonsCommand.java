package io.lanpo.shell.command;

import io.lanpo.api.component.Setting;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.pool.ExperiencePool;
import io.lanpo.api.pool.LessonUse;
import io.lanpo.api.pool.StoredLesson;
import io.lanpo.shell.view.Amounts;
import io.lanpo.shell.view.Console;
import io.lanpo.shell.view.Highlight;
import io.lanpo.shell.view.Inert;
import io.lanpo.shell.view.Json;
import io.lanpo.shell.view.PoolView;
import io.lanpo.shell.view.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pool lessons}. */
@Command(
    description = "List the lessons of a pool and how they have served.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanpo pool lessons                    the newest first",
      "  lanpo pool lessons --sort better      those first that did most often better",
      "  lanpo pool lessons speed --kind pitfall --from micro-2"
    })
final class PoolLessonsCommand implements Callable<Integer> {
  private static final int ROWS = 20;

  private final Invocation invocation;

  @Mixin private final Common common = new Common();
  @Mixin private final PoolChoice choice = new PoolChoice();
  @Mixin private final Paging paging = new Paging();

  @Parameters(
      paramLabel = "WORD",
      arity = "0..*",
      description = "Only lessons that have every one of these words.")
  private final List<String> words = new ArrayList<>();

  @Option(
      names = "--from",
      paramLabel = "RUN",
      defaultValue = "",
      description = "Only lessons of one run; a beginning of its id is enough.")
  private String from = "";

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description = "Only lessons of a kind: principle or pitfall.")
  private @Nullable String kind;

  @Option(
      names = "--problem",
      paramLabel = "ID",
      description = "Only lessons that were distilled from this problem.")
  private @Nullable String problem;

  @Option(
      names = "--sort",
      paramLabel = "ORDER",
      defaultValue = "newest",
      description =
          "newest (by default), oldest, shown (most often first) or better (largest share that did"
              + " better than its group first).")
  private String sort = "";

  PoolLessonsCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  /** A lesson and how it has served. */
  private record Row(StoredLesson stored, LessonUse use) {
    double better() {
      return use.shown() == 0 ? Double.NaN : (double) use.better() / use.shown();
    }

    double rewarded() {
      return use.shown() == 0 ? Double.NaN : (double) use.accepted() / use.shown();
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    choice.check(common);
    paging.check(common);
    check("--kind", kind, Arrays.stream(Lesson.Kind.values()).map(Setting::word).toList());
    check("--sort", sort, List.of("newest", "oldest", "shown", "better"));
    Highlight sought = new Highlight(String.join(" ", words));
    try (OpenPool open = new PoolFinder(invocation).open(choice)) {
      List<Row> rows = rows(open.pool(), sought);
      Paging.Page<Row> page = paging.cut(rows, Paging.usual(rows, ROWS, common), common);
      Console console = invocation.console();
      if (common.json) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("folder", open.folder().toString());
        page.describe(document);
        document.put(
            "lessons", page.rows().stream().map(r -> PoolView.document(r.stored, r.use)).toList());
        console.out().println(Json.of(document));
      } else if (page.total() == 0) {
        console.out().println("The pool has no such lesson.");
      } else {
        print(page, sought, console);
      }
      return ExitCode.OK;
    }
  }

  private void check(String option, @Nullable String word, List<String> allowed) {
    if (word != null && !allowed.contains(word)) {
      throw common.wrongUsage(
          "%s = %s is not allowed; it must be %s"
              .formatted(option, word, String.join(", ", allowed)));
    }
  }

  private List<Row> rows(ExperiencePool pool, Highlight sought) {
    List<Row> rows = new ArrayList<>();
    for (StoredLesson stored : pool.lessons()) {
      Lesson lesson = stored.lesson();
      boolean chosen =
          stored.run().startsWith(from)
              && (kind == null || Setting.word(lesson.kind()).equals(kind))
              && (problem == null || lesson.source().id().equals(problem))
              && sought.matches(lesson.text());
      if (chosen) {
        rows.add(new Row(stored, pool.use(lesson.text())));
      }
    }
    if (!sort.equals("oldest")) {
      Collections.reverse(rows);
    }
    Comparator<Row> shown = Comparator.comparingLong((Row r) -> -r.use.shown());
    if (sort.equals("shown")) {
      rows.sort(shown);
    } else if (sort.equals("better")) {
      rows.sort(
          Comparator.comparingDouble((Row r) -> r.use.shown() == 0 ? 1 : -r.better())
              .thenComparing(shown));
    }
    return rows;
  }

  private void print(Paging.Page<Row> page, Highlight sought, Console console) {
    Table table =
        new Table()
            .column("lesson")
            .column("kind")
            .number("shown")
            .number("rewarded")
            .number("better")
            .column("text");
    for (Row row : page.rows()) {
      table.row(
          row.stored.lesson().id(),
          Setting.word(row.stored.lesson().kind()),
          Amounts.count(row.use.shown()),
          Amounts.share(row.rewarded()),
          Amounts.share(row.better()),
          row.stored.lesson().text());
    }
    table.mark(text -> sought.mark(text, console.paint())).print(console);
    String footer = page.footer(common);
    if (!footer.isEmpty()) {
      console.out().println();
      console.out().println(Inert.line(footer));
    }
  }
}
