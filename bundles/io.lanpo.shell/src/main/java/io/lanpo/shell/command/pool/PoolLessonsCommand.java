package io.lanpo.shell.command.pool;

import io.lanpo.api.component.Setting;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.pool.ExperiencePool;
import io.lanpo.api.pool.LessonUse;
import io.lanpo.api.pool.StoredLesson;
import io.lanpo.shell.command.BaseCommand;
import io.lanpo.shell.command.CommandContext;
import io.lanpo.shell.command.CommonOptions;
import io.lanpo.shell.command.Completes;
import io.lanpo.shell.command.Completes.Values;
import io.lanpo.shell.terminal.Console;
import io.lanpo.shell.terminal.Highlighter;
import io.lanpo.shell.terminal.NumberFormats;
import io.lanpo.shell.terminal.Table;
import io.lanpo.shell.view.PoolView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
public final class PoolLessonsCommand extends BaseCommand {
  private static final int ROWS = 20;

  @Mixin private final PoolOptions choice = new PoolOptions();
  @Mixin private final PageOptions paging = new PageOptions();

  @Parameters(
      paramLabel = "WORD",
      arity = "0..*",
      description = "Only lessons that have every one of these words.")
  private final List<String> words = new ArrayList<>();

  @Completes(Values.RUN)
  @Option(
      names = "--from",
      paramLabel = "RUN",
      defaultValue = "",
      description = "Only lessons of one run; a beginning of its id is enough.")
  private String from = "";

  @Completes(words = Lesson.Kind.class)
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

  @Completes(words = Order.class)
  @Option(
      names = "--sort",
      paramLabel = "ORDER",
      defaultValue = "newest",
      description =
          "newest (by default), oldest, shown (most often first) or better (largest share that did"
              + " better than its group first).")
  private String sort = "";

  public PoolLessonsCommand(CommandContext context) {
    super(context);
  }

  private enum Order {
    NEWEST,
    OLDEST,
    SHOWN,
    BETTER
  }

  /** A lesson and how it has served. */
  private record Row(StoredLesson stored, LessonUse use) {
    double better() {
      return use.shown() == 0 ? Double.NaN : (double) use.better() / use.shown();
    }

    double accepted() {
      return use.shown() == 0 ? Double.NaN : (double) use.accepted() / use.shown();
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    choice.check(common);
    paging.check(common);
    Lesson.Kind asked =
        kind == null ? null : common.choose("--kind", kind, CommonOptions.words(Lesson.Kind.class));
    Order order = common.choose("--sort", sort, CommonOptions.words(Order.class));
    Highlighter sought = new Highlighter(String.join(" ", words));
    try (OpenPool open = new PoolFinder(context).open(choice)) {
      List<Row> rows = rows(open.pool(), sought, asked, order);
      PageOptions.Page<Row> page = paging.cut(rows, PageOptions.usual(rows, ROWS, common), common);
      Console console = console();
      if (common.json) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("folder", open.folder().toString());
        page.describe(document);
        document.put(
            "lessons", page.rows().stream().map(r -> PoolView.document(r.stored, r.use)).toList());
        printJson(document);
      } else if (page.total() == 0) {
        console.out().println("The pool has no such lesson.");
      } else {
        print(page, sought, console);
      }
      return ExitCode.OK;
    }
  }

  private List<Row> rows(
      ExperiencePool pool, Highlighter sought, Lesson.@Nullable Kind asked, Order order) {
    List<Row> rows = new ArrayList<>();
    for (StoredLesson stored : pool.lessons()) {
      Lesson lesson = stored.lesson();
      boolean chosen =
          stored.run().startsWith(from)
              && (asked == null || lesson.kind() == asked)
              && (problem == null || lesson.source().id().equals(problem))
              && sought.matches(lesson.text());
      if (chosen) {
        rows.add(new Row(stored, pool.use(lesson.text())));
      }
    }
    if (order != Order.OLDEST) {
      Collections.reverse(rows);
    }
    Comparator<Row> shown = Comparator.comparingLong((Row r) -> -r.use.shown());
    if (order == Order.SHOWN) {
      rows.sort(shown);
    } else if (order == Order.BETTER) {
      rows.sort(
          Comparator.comparingDouble((Row r) -> r.use.shown() == 0 ? 1 : -r.better())
              .thenComparing(shown));
    }
    return rows;
  }

  private void print(PageOptions.Page<Row> page, Highlighter sought, Console console) {
    Table table =
        new Table()
            .column("lesson")
            .column("kind")
            .optional(1)
            .number("shown")
            .number("accepted")
            .optional(2)
            .number("better")
            .column("text")
            .prose();
    for (Row row : page.rows()) {
      table.row(
          row.stored.lesson().id(),
          Setting.word(row.stored.lesson().kind()),
          NumberFormats.count(row.use.shown()),
          NumberFormats.share(row.accepted()),
          NumberFormats.share(row.better()),
          row.stored.lesson().text());
    }
    table.mark(text -> sought.mark(text, console.paint())).print(console);
    page.printFooter(common, console());
  }
}
