package io.lanpo.shell.command.pool;

import io.lanpo.api.pool.Experience;
import io.lanpo.api.pool.ExperiencePool;
import io.lanpo.api.pool.StoredLesson;
import io.lanpo.api.similarity.SimilarityFilter;
import io.lanpo.api.task.Question;
import io.lanpo.shell.command.BaseCommand;
import io.lanpo.shell.command.CommandContext;
import io.lanpo.shell.command.Completes;
import io.lanpo.shell.command.Completes.Values;
import io.lanpo.shell.service.ServiceHandle;
import io.lanpo.shell.terminal.Console;
import io.lanpo.shell.terminal.Highlighter;
import io.lanpo.shell.terminal.NumberFormats;
import io.lanpo.shell.terminal.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pool search "text"}. */
@Command(
    description =
        "Find the problems of a pool that are most relevant to a text, their attempts and lessons.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanpo pool search \"two trains meet\"",
      "  lanpo pool search two trains --k 3 --page 2 --filter minilm --run ID",
      "  lanpo pool search two trains --verdict wrong --mode scratch --from RUN-ID"
    })
public final class PoolSearchCommand extends BaseCommand {
  private static final int ROWS = 10;

  /** Lessons shown of a problem, those first that were shown most often. */
  private static final int LESSONS = 3;

  @Mixin private final PoolOptions choice = new PoolOptions();
  @Mixin private final AttemptOptions trials = new AttemptOptions();
  @Mixin private final PageOptions paging = new PageOptions();

  @Parameters(paramLabel = "TEXT", arity = "1..*", description = "What to look for.")
  private final List<String> words = new ArrayList<>();

  @Option(names = "--problem", paramLabel = "ID", description = "Only this problem.")
  private @Nullable String problem;

  @Completes(Values.FILTER)
  @Option(
      names = "--filter",
      paramLabel = "NAME",
      description = "Similarity filter that scores them; by default that of the run.")
  private @Nullable String chosenFilter;

  public PoolSearchCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() throws InterruptedException {
    choice.check(common);
    paging.check(common);
    Predicate<Experience> chosen = trials.predicate(common);
    String text = String.join(" ", words);
    PoolFinder finder = new PoolFinder(context);
    PoolLocation place = finder.find(choice);
    String filter = chosenFilter != null ? chosenFilter : PoolFinder.filter(place);
    try (ServiceHandle<SimilarityFilter> similarity =
            context.services().named(SimilarityFilter.class, filter, "similarity");
        OpenPool open = finder.open(place)) {
      List<Match> matches = matches(similarity.get(), open.pool(), text, chosen);
      PageOptions.Page<Match> page = paging.cut(matches, ROWS, common);
      List<Hit> hits = hits(page.rows(), open.pool(), chosen);
      if (common.json) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("text", text);
        document.put("filter", filter);
        document.put("folder", open.folder().toString());
        page.describe(document);
        document.put("problems", hits.stream().map(PoolSearchCommand::document).toList());
        printJson(document);
      } else if (hits.isEmpty()) {
        nothing(open.pool());
      } else {
        print(hits, text, open.pool());
        page.printFooter(common, console());
      }
      return ExitCode.OK;
    }
  }

  /** Every problem that has something to do with the text, the most relevant first. */
  private List<Match> matches(
      SimilarityFilter similarity, ExperiencePool pool, String text, Predicate<Experience> chosen) {
    List<Question> questions = pool.questions();
    double[] scores = similarity.fit(questions).scores(new Question("search", text), questions);
    Set<String> tried = tried(pool, chosen);
    return IntStream.range(0, scores.length)
        .filter(i -> scores[i] > 0)
        .mapToObj(i -> new Match(questions.get(i), scores[i]))
        .filter(m -> problem == null || m.question.id().equals(problem))
        .filter(m -> trials.none() || tried.contains(m.question.text()))
        .sorted(Comparator.comparingDouble((Match m) -> -m.score))
        .toList();
  }

  /**
   * Texts of the problems with an attempt that passes; only looked for when not every attempt does.
   */
  private Set<String> tried(ExperiencePool pool, Predicate<Experience> chosen) {
    if (trials.none()) {
      return Set.of();
    }
    try (Stream<Experience> all = pool.experiences()) {
      return all.filter(chosen).map(e -> e.question().text()).collect(Collectors.toSet());
    }
  }

  private static List<Hit> hits(
      List<Match> matches, ExperiencePool pool, Predicate<Experience> chosen) {
    List<StoredLesson> lessons = pool.lessons();
    List<Hit> hits = new ArrayList<>();
    for (Match match : matches) {
      hits.add(
          new Hit(
              match.question,
              match.score,
              pool.attempts(match.question).stream().filter(chosen).toList(),
              lessons.stream()
                  .filter(l -> l.lesson().source().sameProblem(match.question))
                  .toList()));
    }
    return hits;
  }

  private void nothing(ExperiencePool pool) {
    println(
        pool.questions().isEmpty()
            ? "The pool is empty."
            : "No problem of the pool has to do with it; other words, another --filter or fewer"
                + " options may find one.");
  }

  private void print(List<Hit> hits, String text, ExperiencePool pool) {
    Console console = console();
    Highlighter sought = new Highlighter(text);
    Table problems =
        new Table()
            .number("score")
            .number("attempts")
            .optional(1)
            .number("mean reward")
            .column("problem")
            .column("question")
            .prose();
    Table lessons =
        new Table()
            .number("score")
            .column("lesson")
            .number("shown")
            .optional(1)
            .column("text")
            .prose();
    int more = 0;
    for (Hit hit : hits) {
      String score = NumberFormats.score(hit.score, Double.NaN);
      problems.row(
          score,
          NumberFormats.count(hit.attempts.size()),
          NumberFormats.score(hit.meanReward(), Double.NaN),
          hit.question.id(),
          hit.question.text());
      List<StoredLesson> most =
          hit.lessons.stream()
              .sorted(Comparator.comparingLong(l -> -pool.use(l.lesson().text()).shown()))
              .limit(LESSONS)
              .toList();
      most.forEach(
          l ->
              lessons.row(
                  score,
                  l.lesson().id(),
                  NumberFormats.count(pool.use(l.lesson().text()).shown()),
                  l.lesson().text()));
      more += hit.lessons.size() - most.size();
    }
    problems.mark(t -> sought.mark(t, console.paint())).print(console);
    if (!lessons.isEmpty()) {
      console.out().println();
      lessons.mark(t -> sought.mark(t, console.paint())).print(console);
    }
    if (more > 0) {
      console.out().println();
      console
          .out()
          .println(
              "%s more lessons of these problems: lanpo pool lessons --problem ID"
                  .formatted(NumberFormats.count(more)));
    }
  }

  private static Map<String, Object> document(Hit hit) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("score", hit.score);
    document.put("problem", hit.question.id());
    document.put("question", hit.question.text());
    document.put("meanReward", hit.meanReward());
    document.put("attempts", hit.attempts.stream().map(Experience::id).toList());
    List<Map<String, Object>> lessons = new ArrayList<>();
    for (StoredLesson stored : hit.lessons) {
      Map<String, Object> lesson = new LinkedHashMap<>();
      lesson.put("id", stored.lesson().id());
      lesson.put("text", stored.lesson().text());
      lessons.add(lesson);
    }
    document.put("lessons", lessons);
    return document;
  }

  /** A problem with its relevance. */
  private record Match(Question question, double score) {}

  /** A problem with its relevance, its attempts and the lessons distilled from it. */
  private record Hit(
      Question question, double score, List<Experience> attempts, List<StoredLesson> lessons) {
    double meanReward() {
      return attempts.stream()
          .map(Experience::outcome)
          .filter(o -> o.kind() == Experience.Outcome.Kind.SCORED)
          .mapToDouble(Experience.Outcome::reward)
          .average()
          .orElse(Double.NaN);
    }
  }
}
