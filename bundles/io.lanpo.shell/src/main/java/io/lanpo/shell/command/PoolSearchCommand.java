package io.lanpo.shell.command;

import io.lanpo.api.pool.Experience;
import io.lanpo.api.pool.ExperiencePool;
import io.lanpo.api.pool.StoredLesson;
import io.lanpo.api.similarity.SimilarityFilter;
import io.lanpo.api.task.Question;
import io.lanpo.shell.service.Held;
import io.lanpo.shell.view.Amounts;
import io.lanpo.shell.view.Console;
import io.lanpo.shell.view.Json;
import io.lanpo.shell.view.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pool search "text"}. */
@Command(
    description =
        "Find the problems of a pool that are most relevant to a text, and their lessons.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanpo pool search \"two trains meet\"",
      "  lanpo pool search \"two trains meet\" --k 3 --filter minilm --run ID"
    })
final class PoolSearchCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin private final Common common = new Common();
  @Mixin private final PoolChoice choice = new PoolChoice();

  @Parameters(paramLabel = "TEXT", arity = "1..*", description = "What to look for.")
  private final List<String> words = new ArrayList<>();

  @Option(
      names = "--k",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many problems to show; 10 by default.")
  private int k;

  @Option(
      names = "--filter",
      paramLabel = "NAME",
      description = "Similarity filter that scores them; by default that of the run.")
  private @Nullable String chosenFilter;

  PoolSearchCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws InterruptedException {
    choice.check(common);
    if (k < 1) {
      throw common.wrongUsage("--k = %d is not allowed; give 1 or more".formatted(k));
    }
    String text = String.join(" ", words);
    PoolFinder finder = new PoolFinder(invocation);
    String filter = chosenFilter != null ? chosenFilter : finder.filter(choice);
    try (Held<SimilarityFilter> similarity =
            invocation.services().named(SimilarityFilter.class, filter);
        OpenPool open = finder.open(choice)) {
      List<Hit> hits = search(similarity.get(), open.pool(), text);
      if (common.json) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("text", text);
        document.put("filter", filter);
        document.put("folder", open.folder().toString());
        document.put("problems", hits.stream().map(PoolSearchCommand::document).toList());
        invocation.console().out().println(Json.of(document));
      } else {
        print(hits);
      }
      return ExitCode.OK;
    }
  }

  private List<Hit> search(SimilarityFilter similarity, ExperiencePool pool, String text) {
    List<Question> questions = pool.questions();
    double[] scores = similarity.fit(questions).scores(new Question("search", text), questions);
    List<StoredLesson> lessons = pool.lessons();
    return IntStream.range(0, scores.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -scores[i]))
        .limit(k)
        .map(i -> hit(questions.get(i), scores[i], pool, lessons))
        .toList();
  }

  private static Hit hit(
      Question question, double score, ExperiencePool pool, List<StoredLesson> lessons) {
    List<Experience> attempts = pool.attempts(question.id());
    List<StoredLesson> own =
        lessons.stream().filter(l -> l.lesson().source().id().equals(question.id())).toList();
    return new Hit(question, score, attempts, own);
  }

  private void print(List<Hit> hits) {
    Console console = invocation.console();
    if (hits.isEmpty()) {
      console.out().println("The pool is empty.");
      return;
    }
    Table problems =
        new Table()
            .number("score")
            .number("attempts")
            .number("mean reward")
            .column("problem")
            .column("question");
    Table lessons = new Table().number("score").column("lesson").column("text");
    for (Hit hit : hits) {
      String score = Amounts.score(hit.score, Double.NaN);
      problems.row(
          score,
          Amounts.count(hit.attempts.size()),
          Amounts.score(hit.meanReward(), Double.NaN),
          hit.question.id(),
          hit.question.text());
      hit.lessons.forEach(l -> lessons.row(score, l.lesson().id(), l.lesson().text()));
    }
    problems.print(console);
    if (!lessons.isEmpty()) {
      console.out().println();
      lessons.print(console);
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
