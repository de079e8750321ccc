package io.lanpo.shell.command.pool;

import io.lanpo.api.component.UserException;
import io.lanpo.api.pool.Experience;
import io.lanpo.api.pool.ExperiencePool;
import io.lanpo.api.pool.StoredLesson;
import io.lanpo.shell.command.BaseCommand;
import io.lanpo.shell.command.CommandContext;
import io.lanpo.shell.terminal.Console;
import io.lanpo.shell.view.PoolView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code pool show ID}. */
@Command(
    description = "Show an experience, a lesson or all attempts at a problem, by the id.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanpo pool search \"text\"              shows ids of problems and lessons",
      "  lanpo pool show PROBLEM-ID            all attempts at it, with their ids",
      "  lanpo pool show PROBLEM-ID --mode reflect --verdict right --page 2",
      "  lanpo pool show ID                    a unique beginning of the id is enough"
    })
public final class PoolShowCommand extends BaseCommand {
  private static final int MOST_CANDIDATES = 4;
  private static final int ROWS = 20;

  @Mixin private final PoolOptions choice = new PoolOptions();
  @Mixin private final AttemptOptions trials = new AttemptOptions();
  @Mixin private final PageOptions paging = new PageOptions();

  @Parameters(paramLabel = "ID", description = "Id of an experience, a lesson or a problem.")
  private String id = "";

  public PoolShowCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() throws InterruptedException {
    choice.check(common);
    paging.check(common);
    Predicate<Experience> chosen = trials.predicate(common);
    try (OpenPool open = new PoolFinder(context).open(choice)) {
      ExperiencePool pool = open.pool();
      Optional<Experience> exact = pool.experience(id);
      if (exact.isPresent()) {
        show(exact.get(), pool);
        return ExitCode.OK;
      }
      List<Experience> attempts = pool.attempts(id);
      if (!attempts.isEmpty()) {
        showAll(attempts, chosen);
        return ExitCode.OK;
      }
      List<Experience> experiences;
      try (Stream<Experience> all = pool.experiences()) {
        experiences = all.filter(e -> e.id().startsWith(id)).limit(MOST_CANDIDATES).toList();
      }
      List<StoredLesson> lessons =
          pool.lessons().stream().filter(l -> l.lesson().id().startsWith(id)).toList();
      Optional<StoredLesson> lesson =
          lessons.stream().filter(l -> l.lesson().id().equals(id)).findAny();
      if (lesson.isPresent() || (lessons.size() == 1 && experiences.isEmpty())) {
        show(lesson.orElseGet(() -> lessons.get(0)), pool);
      } else if (experiences.size() == 1 && lessons.isEmpty()) {
        show(experiences.get(0), pool);
      } else {
        throw notOne(experiences, lessons, open);
      }
      return ExitCode.OK;
    }
  }

  private void showAll(List<Experience> attempts, Predicate<Experience> chosen) {
    Console console = console();
    List<Experience> passing = attempts.stream().filter(chosen).toList();
    PageOptions.Page<Experience> page =
        paging.cut(passing, PageOptions.usual(passing, ROWS, common), common);
    if (common.json) {
      Map<String, Object> document = new LinkedHashMap<>();
      page.describe(document);
      document.put("attempts", page.rows().stream().map(PoolView::document).toList());
      printJson(document);
      return;
    }
    PoolView.print(attempts.get(0).question(), page.rows(), console);
    page.printFooter(common, console());
  }

  private UserException notOne(
      List<Experience> experiences, List<StoredLesson> lessons, OpenPool open) {
    List<String> ids = new ArrayList<>();
    experiences.forEach(e -> ids.add(e.id()));
    lessons.forEach(l -> ids.add(l.lesson().id()));
    if (ids.isEmpty()) {
      return new UserException(
          "the pool in %s has nothing with the id %s".formatted(open.folder(), id),
          "'lanpo pool search \"text\"' shows ids of problems, 'pool show' of one those of its attempts.");
    }
    return new UserException(
        "%s is the beginning of several ids".formatted(id),
        "Among them: " + String.join(", ", ids.subList(0, Math.min(MOST_CANDIDATES, ids.size()))));
  }

  private void show(Experience experience, ExperiencePool pool) {
    if (common.json) {
      printJson(PoolView.document(experience));
      return;
    }
    List<StoredLesson> shown =
        pool.lessons().stream()
            .filter(l -> experience.lessons().contains(l.lesson().id()))
            .toList();
    PoolView.print(experience, shown, console());
  }

  private void show(StoredLesson lesson, ExperiencePool pool) {
    if (common.json) {
      Map<String, Object> document = PoolView.document(lesson, pool.use(lesson.lesson().text()));
      printJson(document);
    } else {
      PoolView.print(lesson, pool.use(lesson.lesson().text()), console());
    }
  }
}
