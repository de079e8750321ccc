package io.lanpo.engine.lesson;

import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.feedback.LessonSelector;
import io.lanpo.api.pool.ExperiencePool;
import io.lanpo.api.pool.LessonUse;
import io.lanpo.api.pool.StoredLesson;
import io.lanpo.api.similarity.SimilarityFilter.Hit;
import io.lanpo.api.similarity.SimilarityFilter.Scorer;
import io.lanpo.api.task.Question;
import io.lanpo.engine.call.ComponentCalls;
import io.lanpo.engine.config.FeedbackSettings;
import io.lanpo.libs.question.NearDuplicates;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Lessons that may be shown for a question: those of other problems that the similarity filter
 * finds relevant, and never of {@linkplain NearDuplicates the same problem in other words}. Which
 * of them are shown is the choice of the run's selector, which gets no others.
 *
 * <p>A snapshot of the pool: {@link #refresh()} takes a new one.
 */
public final class RelevantLessons {
  private final Supplier<List<StoredLesson>> source;
  private final Function<String, LessonUse> uses;
  private final Scorer scorer;
  private final FeedbackSettings feedback;
  private final LessonChoice choice;
  private final NearDuplicates duplicates;
  private long withheld;
  private List<StoredLesson> lessons = List.of();
  private List<Question> sources = List.of();
  private Map<Question, List<Integer>> placesOf = Map.of();
  private Map<String, Integer> sameText = Map.of();
  private Map<String, Known> known = Map.of();

  /**
   * @param pool where lessons are
   * @param scorer relevance of questions
   * @param feedback floor and window
   * @param choice chooses among the relevant ones
   */
  public RelevantLessons(
      ExperiencePool pool, Scorer scorer, FeedbackSettings feedback, LessonChoice choice) {
    this(pool::lessons, pool::use, scorer, feedback, choice);
  }

  /** Lessons that nobody has used yet. */
  public RelevantLessons(
      List<StoredLesson> lessons, Scorer scorer, FeedbackSettings feedback, LessonChoice choice) {
    this(() -> lessons, text -> LessonUse.NONE, scorer, feedback, choice);
  }

  private RelevantLessons(
      Supplier<List<StoredLesson>> source,
      Function<String, LessonUse> uses,
      Scorer scorer,
      FeedbackSettings feedback,
      LessonChoice choice) {
    this.source = source;
    this.uses = uses;
    this.scorer = scorer;
    this.feedback = feedback;
    this.choice = choice;
    this.duplicates = new NearDuplicates(feedback.duplicateOverlap());
    refresh();
  }

  /** Sees what has been added to the pool. */
  public void refresh() {
    List<StoredLesson> all = source.get();
    lessons = List.copyOf(all.subList(Math.max(0, all.size() - feedback.window()), all.size()));
    // copied into a list that cannot change, so that a scorer may keep what it knows of it
    sources = List.copyOf(lessons.stream().map(l -> l.lesson().source()).distinct().toList());
    duplicates.index(sources);
    Map<Question, List<Integer>> places = new HashMap<>();
    for (int i = 0; i < lessons.size(); i++) {
      places.computeIfAbsent(lessons.get(i).lesson().source(), s -> new ArrayList<>()).add(i);
    }
    placesOf = places;
    Map<String, Integer> texts = new HashMap<>();
    sources.forEach(source -> texts.merge(source.text(), 1, Integer::sum));
    sameText = texts;
    Map<String, Tally> counted = new HashMap<>();
    for (StoredLesson stored : lessons) {
      counted.computeIfAbsent(stored.lesson().text(), text -> new Tally()).add(stored.lesson());
    }
    Map<String, Known> of = new HashMap<>();
    counted.forEach((text, tally) -> of.put(text, tally.known(uses.apply(text))));
    known = of;
  }

  /**
   * Lessons for a question, the first to be read first; empty when none is relevant, or the
   * selector fails.
   *
   * @param question the question at hand
   * @param seed fixes what is random in the choice
   * @param calls calls the selector
   */
  public List<Lesson> select(Question question, long seed, ComponentCalls calls) {
    return choice.choose(question, relevant(question), seed, calls);
  }

  /**
   * How many relevant lessons were withheld since the last call because their problem is a
   * near-duplicate of the question.
   */
  public long takeWithheld() {
    long taken = withheld;
    withheld = 0;
    return taken;
  }

  /** Lessons of other problems whose question is relevant enough, oldest first. */
  private List<LessonSelector.Candidate> relevant(Question question) {
    if (sources.isEmpty()) {
      return List.of();
    }
    Set<Question> twins = duplicates.of(question);
    List<Integer> found = new ArrayList<>();
    Map<Question, Double> relevance = relevantSources(question, twins);
    for (Question source : relevance.keySet()) {
      List<Integer> places = placesOf.getOrDefault(source, List.of());
      if (source.sameProblem(question)) {
        continue;
      }
      if (twins.contains(source)) {
        withheld += places.size();
      } else {
        found.addAll(places);
      }
    }
    Collections.sort(found);
    return found.stream()
        .map(place -> lessons.get(place).lesson())
        .map(lesson -> candidate(lesson, relevance))
        .toList();
  }

  /** Questions above the floor; twins and the question itself do not take a place of the top k. */
  private Map<Question, Double> relevantSources(Question question, Set<Question> twins) {
    Map<Question, Double> relevant = new HashMap<>();
    if (feedback.topK() == 0) {
      double[] scores = scorer.scores(question, sources);
      for (int i = 0; i < scores.length; i++) {
        if (scores[i] >= feedback.floor()) {
          relevant.put(sources.get(i), scores[i]);
        }
      }
      return relevant;
    }
    int left = feedback.topK();
    int most = left + twins.size() + sameText.getOrDefault(question.text(), 0);
    for (Hit hit : scorer.best(question, sources, most)) {
      Question source = sources.get(hit.index());
      if (hit.score() < feedback.floor()) {
        break;
      }
      if (twins.contains(source) || source.sameProblem(question)) {
        relevant.put(source, hit.score());
      } else if (left > 0) {
        relevant.put(source, hit.score());
        left--;
      }
    }
    return relevant;
  }

  private LessonSelector.Candidate candidate(Lesson lesson, Map<Question, Double> relevance) {
    Known of = Objects.requireNonNull(known.get(lesson.text()));
    return new LessonSelector.Candidate(
        lesson,
        Objects.requireNonNull(relevance.get(lesson.source())),
        of.problems(),
        of.solved(),
        of.use().totalGain(),
        of.use().totalLoss());
  }

  /** What is known of a wording. */
  private record Known(int problems, int solved, LessonUse use) {}

  /**
   * The problems that a wording was distilled from. Each counts once, as solved where it is a
   * principle, however often it was distilled from it: solving it often shows that it is easy.
   */
  private static final class Tally {
    private final Set<String> tried = new HashSet<>();
    private final Set<String> solved = new HashSet<>();

    void add(Lesson lesson) {
      tried.add(lesson.source().text());
      if (lesson.kind() == Lesson.Kind.PRINCIPLE) {
        solved.add(lesson.source().text());
      }
    }

    Known known(LessonUse use) {
      return new Known(tried.size(), solved.size(), use);
    }
  }
}
