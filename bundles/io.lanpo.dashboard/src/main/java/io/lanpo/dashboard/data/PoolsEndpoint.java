package io.lanpo.dashboard.data;

import io.lanpo.api.component.Setting;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.pool.Experience;
import io.lanpo.api.pool.ExperiencePool;
import io.lanpo.api.pool.LessonUse;
import io.lanpo.api.pool.StoredLesson;
import io.lanpo.api.similarity.SimilarityFilter;
import io.lanpo.api.task.Question;
import io.lanpo.dashboard.service.Services;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Pools: their problems by relevance to a text, and their lessons by how they have served. */
final class PoolsEndpoint {
  private static final int MOST_ROWS = 100;

  /** The filter that needs no model: it is to be quick, and beside a training. */
  private static final String FILTER = "lexical";

  private final Services services;
  private final RunsEndpoint runs;
  private final PoolSnapshots copies;

  PoolsEndpoint(Services services, RunsEndpoint runs) {
    this.services = services;
    this.runs = runs;
    this.copies = new PoolSnapshots(services);
  }

  private PoolSnapshots.Copy copy(RequestParameters query) {
    return copies.of(runs.run(query), runs.all());
  }

  /** Problems of the pool, the most relevant to {@code text} first; without one the newest. */
  Map<String, Object> search(RequestParameters query) {
    PoolSnapshots.Copy copy = copy(query);
    ExperiencePool pool = copy.pool();
    List<Match> matches = matches(pool, query.text("text").strip());
    int page = query.number("page", 1, 1, Integer.MAX_VALUE);
    int size = query.number("size", 20, 1, MOST_ROWS);
    Map<String, Long> lessons = new HashMap<>();
    pool.lessons().forEach(l -> lessons.merge(l.lesson().source().text(), 1L, Long::sum));
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Match match : cut(matches, page, size)) {
      List<Experience> attempts = pool.attempts(match.question);
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("problem", match.question.id());
      row.put("question", match.question.text());
      row.put("score", match.score);
      row.put("attempts", attempts.size());
      row.put("meanReward", meanReward(attempts));
      row.put("lessons", lessons.getOrDefault(match.question.text(), 0L));
      rows.add(row);
    }
    Map<String, Object> document = described(copy);
    document.put("page", page);
    document.put("size", size);
    document.put("total", matches.size());
    document.put("problems", rows);
    return document;
  }

  /** The newest attempts at a problem and the lessons distilled from it. */
  Map<String, Object> problem(RequestParameters query) {
    String id = query.needed("problem");
    PoolSnapshots.Copy copy = copy(query);
    ExperiencePool pool = copy.pool();
    List<Map<String, Object>> attempts = new ArrayList<>();
    List<Experience> all = pool.attempts(id);
    for (int i = all.size() - 1; i >= Math.max(0, all.size() - MOST_ROWS); i--) {
      Experience trial = all.get(i);
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("id", trial.id());
      row.put("run", trial.run());
      row.put("step", trial.step());
      row.put("mode", Setting.word(trial.mode()));
      row.put("attempt", trial.attempt());
      row.put("verdict", Setting.word(trial.outcome().kind()));
      row.put("reward", trial.outcome().reward());
      row.put("explanation", trial.outcome().explanation());
      attempts.add(row);
    }
    List<Map<String, Object>> lessons = new ArrayList<>();
    for (StoredLesson stored : pool.lessons()) {
      if (stored.lesson().source().id().equals(id)) {
        lessons.add(row(stored, pool.use(stored.lesson().text()), 1));
      }
    }
    Map<String, Object> document = described(copy);
    document.put("problem", id);
    document.put("question", all.isEmpty() ? "" : all.get(0).question().text());
    document.put("total", all.size());
    document.put("attempts", attempts);
    document.put("lessons", lessons);
    return document;
  }

  /**
   * Lessons, those of one wording together, the most useful first; see {@link LessonUsefulness}.
   */
  Map<String, Object> lessons(RequestParameters query) {
    PoolSnapshots.Copy copy = copy(query);
    ExperiencePool pool = copy.pool();
    String kind = query.word("kind", List.of("principle", "pitfall"));
    String text = query.text("text").toLowerCase(Locale.ROOT).strip();
    Map<String, Row> byWording = new LinkedHashMap<>();
    for (StoredLesson stored : pool.lessons()) {
      Lesson lesson = stored.lesson();
      boolean asked =
          (kind.isEmpty() || Setting.word(lesson.kind()).equals(kind))
              && lesson.text().toLowerCase(Locale.ROOT).contains(text);
      if (asked) {
        byWording.merge(
            lesson.text(),
            new Row(stored, pool.use(lesson.text()), 1),
            (a, b) -> new Row(a.first, a.use, a.written + 1));
      }
    }
    List<Row> ranked =
        byWording.values().stream()
            .sorted(
                Comparator.comparingDouble((Row r) -> -LessonUsefulness.of(r.use))
                    .thenComparingLong(r -> -r.use.shown()))
            .toList();
    int page = query.number("page", 1, 1, Integer.MAX_VALUE);
    int size = query.number("size", 20, 1, MOST_ROWS);
    Map<String, Object> document = described(copy);
    document.put("page", page);
    document.put("size", size);
    document.put("total", ranked.size());
    document.put(
        "lessons",
        cut(ranked, page, size).stream().map(r -> row(r.first, r.use, r.written)).toList());
    return document;
  }

  private List<Match> matches(ExperiencePool pool, String text) {
    List<Question> questions = pool.questions();
    List<Match> matches = new ArrayList<>();
    if (text.isEmpty()) {
      for (int i = questions.size() - 1; i >= 0; i--) {
        matches.add(new Match(questions.get(i), 0));
      }
      return matches;
    }
    double[] scores =
        services
            .use(
                SimilarityFilter.class,
                FILTER,
                f -> f.fit(questions).scores(new Question("search", text), questions))
            .orElseGet(() -> new double[questions.size()]);
    String sought = text.toLowerCase(Locale.ROOT);
    for (int i = 0; i < scores.length; i++) {
      Question question = questions.get(i);
      boolean holds =
          question.id().contains(text) || question.text().toLowerCase(Locale.ROOT).contains(sought);
      if (scores[i] > 0 || holds) {
        // what holds the very words stands above what only resembles them
        matches.add(new Match(question, holds ? 1 + scores[i] : scores[i]));
      }
    }
    matches.sort(Comparator.comparingDouble((Match m) -> -m.score));
    return matches;
  }

  private static Map<String, Object> described(PoolSnapshots.Copy copy) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("folder", copy.folder().toString());
    document.put("origin", copy.origin());
    document.put("experiences", copy.pool().stats().experiences());
    document.put("allLessons", copy.pool().stats().lessons());
    return document;
  }

  private static double meanReward(List<Experience> attempts) {
    return attempts.stream()
        .map(Experience::outcome)
        .filter(o -> o.kind() == Experience.Outcome.Kind.SCORED)
        .mapToDouble(Experience.Outcome::reward)
        .average()
        .orElse(Double.NaN);
  }

  private static Map<String, Object> row(StoredLesson stored, LessonUse use, int written) {
    Lesson lesson = stored.lesson();
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", lesson.id());
    row.put("kind", Setting.word(lesson.kind()));
    row.put("text", lesson.text());
    row.put("problem", lesson.source().id());
    row.put("run", stored.run());
    row.put("step", stored.step());
    row.put("written", written);
    row.put("shown", use.shown());
    row.put("accepted", use.accepted());
    row.put("better", use.better());
    row.put("usefulness", use.shown() == 0 ? Double.NaN : LessonUsefulness.of(use));
    return row;
  }

  private static <T> List<T> cut(List<T> all, int page, int size) {
    int from = (int) Math.min(all.size(), (page - 1L) * size);
    return all.subList(from, Math.min(all.size(), from + size));
  }

  /** A problem and its relevance. */
  private record Match(Question question, double score) {}

  /** A wording with its first lesson, how it has served, and how often it was written. */
  private record Row(StoredLesson first, LessonUse use, int written) {}
}
