package io.lanpo.dashboard.data;

import io.lanpo.api.pool.Experience;
import io.lanpo.api.pool.ExperiencePool;
import io.lanpo.api.pool.LessonUse;
import io.lanpo.api.pool.PoolStats;
import io.lanpo.api.pool.StoredLesson;
import io.lanpo.api.task.Question;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A pool as it was at one moment, in memory: looking at it holds no lock, so that no run has to
 * wait. It takes what a {@link io.lanpo.api.train.RunLog} replays, or a copy of an opened pool.
 * Filled by one thread, then only read.
 */
final class PoolSnapshot implements ExperiencePool {
  private final Map<String, Experience> experiences = new LinkedHashMap<>();
  private final Map<String, StoredLesson> lessons = new LinkedHashMap<>();
  private final Map<String, String> wording = new LinkedHashMap<>();
  private final Map<String, List<Experience>> byText = new LinkedHashMap<>();
  private final Map<String, LessonUse> uses = new LinkedHashMap<>();
  private boolean counted;

  /** A copy of a pool. */
  static PoolSnapshot of(ExperiencePool pool) {
    PoolSnapshot copy = new PoolSnapshot();
    copy.addLessons(pool.lessons());
    try (Stream<Experience> all = pool.experiences()) {
      all.forEach(e -> copy.add(List.of(e)));
    }
    // the pool remembers uses by trials that have made room since
    copy.lessons.values().forEach(l -> copy.take(pool, l.lesson().text()));
    copy.counted = true;
    return copy;
  }

  private void take(ExperiencePool pool, String text) {
    uses.computeIfAbsent(text, pool::use);
  }

  @Override
  public void add(List<Experience> trials) {
    for (Experience trial : trials) {
      if (experiences.putIfAbsent(trial.id(), trial) == null) {
        byText.computeIfAbsent(trial.question().text(), text -> new ArrayList<>()).add(trial);
      }
    }
  }

  @Override
  public void addLessons(List<StoredLesson> more) {
    for (StoredLesson lesson : more) {
      lessons.putIfAbsent(lesson.lesson().id(), lesson);
      wording.putIfAbsent(lesson.lesson().id(), lesson.lesson().text());
    }
  }

  @Override
  public Optional<Experience> experience(String id) {
    return Optional.ofNullable(experiences.get(id));
  }

  @Override
  public Stream<Experience> experiences() {
    return experiences.values().stream();
  }

  @Override
  public List<Experience> attempts(String questionId) {
    return experiences.values().stream()
        .filter(trial -> trial.question().id().equals(questionId))
        .toList();
  }

  @Override
  public List<Experience> attempts(Question question) {
    return List.copyOf(byText.getOrDefault(question.text(), List.of()));
  }

  @Override
  public List<StoredLesson> lessons() {
    return List.copyOf(lessons.values());
  }

  @Override
  public synchronized LessonUse use(String lessonText) {
    if (!counted) {
      experiences.values().forEach(this::count);
      counted = true;
    }
    return uses.getOrDefault(lessonText, LessonUse.NONE);
  }

  private void count(Experience trial) {
    trial.lessons().stream()
        .map(id -> wording.getOrDefault(id, ""))
        .filter(text -> !text.isEmpty())
        .distinct()
        .forEach(text -> uses.merge(text, LessonUse.of(trial.outcome()), LessonUse::plus));
  }

  @Override
  public List<Question> questions() {
    return byText.values().stream().map(trials -> trials.get(0).question()).toList();
  }

  /** Nothing is taken back from what was at one moment. */
  @Override
  public void rollback(String run, int lastStep) {
    throw new UnsupportedOperationException("a pool for looking at");
  }

  @Override
  public PoolStats stats() {
    Map<String, Long> perRun = new TreeMap<>();
    experiences.values().forEach(e -> perRun.merge(e.run(), 1L, Long::sum));
    int size = experiences.size();
    return new PoolStats(size, lessons.size(), byText.size(), size, 0, perRun);
  }

  @Override
  public void close() {
    // there is nothing to give back
  }
}
