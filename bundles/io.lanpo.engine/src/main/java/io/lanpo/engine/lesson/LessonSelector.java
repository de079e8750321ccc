package io.lanpo.engine.lesson;

import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.pool.ExperiencePool;
import io.lanpo.api.pool.LessonUse;
import io.lanpo.api.pool.StoredLesson;
import io.lanpo.api.similarity.SimilarityFilter.Hit;
import io.lanpo.api.similarity.SimilarityFilter.Scorer;
import io.lanpo.api.task.Question;
import io.lanpo.engine.config.FeedbackSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.commons.math3.distribution.BetaDistribution;
import org.apache.commons.math3.random.RandomGenerator;

/**
 * Chooses lessons for a question: those of other problems that the similarity filter finds
 * relevant, and never of {@linkplain NearDuplicates the same problem in other words}; among
 * principles by Thompson sampling on how completions that saw them fared (Thompson, Biometrika 25,
 * 1933), and a pitfall when no principle promises anything.
 *
 * <p>What a completion was rewarded above the mean of its group counts as so much of a success,
 * what it was rewarded below it as so much of a failure. By success alone lessons of easy problems
 * would look good. A lesson that changes nothing comes to one half, however hard its problems are,
 * and a group of equal rewards says nothing: what has been found to help is not forgotten once all
 * solve the problem.
 *
 * <p>A snapshot of the pool: {@link #refresh()} takes a new one.
 */
public final class LessonSelector {
  private final Supplier<List<StoredLesson>> source;
  private final Function<String, LessonUse> uses;
  private final Scorer scorer;
  private final FeedbackSettings feedback;
  private final NearDuplicates duplicates;
  private long withheld;
  private List<StoredLesson> lessons = List.of();
  private List<Question> sources = List.of();
  private Map<Question, List<Integer>> placesOf = Map.of();
  private Map<String, Integer> sameText = Map.of();
  private Map<String, BetaShape> shapes = Map.of();

  /**
   * @param pool where lessons are
   * @param scorer relevance of questions
   * @param feedback floor, window and number of lessons
   */
  public LessonSelector(ExperiencePool pool, Scorer scorer, FeedbackSettings feedback) {
    this(pool::lessons, pool::use, scorer, feedback);
  }

  /** Chooses among lessons that nobody has used yet. */
  public LessonSelector(List<StoredLesson> lessons, Scorer scorer, FeedbackSettings feedback) {
    this(() -> lessons, text -> LessonUse.NONE, scorer, feedback);
  }

  private LessonSelector(
      Supplier<List<StoredLesson>> source,
      Function<String, LessonUse> uses,
      Scorer scorer,
      FeedbackSettings feedback) {
    this.source = source;
    this.uses = uses;
    this.scorer = scorer;
    this.feedback = feedback;
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
    Map<String, BetaShape> known = new HashMap<>();
    counted.forEach((text, tally) -> known.put(text, tally.shape(uses.apply(text))));
    shapes = known;
  }

  /**
   * Lessons for a question, best first; empty when none is relevant.
   *
   * @param question the question at hand
   * @param random source of the draws
   */
  public List<Lesson> select(Question question, RandomGenerator random) {
    Map<String, Lesson> principles = new LinkedHashMap<>();
    List<Lesson> pitfalls = new ArrayList<>();
    for (Lesson lesson : relevant(question)) {
      if (lesson.kind() == Lesson.Kind.PRINCIPLE) {
        principles.put(lesson.text(), lesson);
      } else {
        pitfalls.add(lesson);
      }
    }
    List<Lesson> chosen =
        principles.values().stream()
            .map(lesson -> new Drawn(lesson, draw(lesson.text(), random)))
            .filter(drawn -> pitfalls.isEmpty() || drawn.chance() > feedback.minUsefulness())
            .sorted(Comparator.comparingDouble(Drawn::chance).reversed())
            .limit(feedback.lessons())
            .map(Drawn::lesson)
            .toList();
    return chosen.isEmpty() && !pitfalls.isEmpty()
        ? List.of(pitfalls.get(random.nextInt(pitfalls.size())))
        : chosen;
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
  private List<Lesson> relevant(Question question) {
    if (sources.isEmpty()) {
      return List.of();
    }
    Set<Question> twins = duplicates.of(question);
    List<Integer> found = new ArrayList<>();
    for (Question source : relevantSources(question, twins)) {
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
    return found.stream().map(place -> lessons.get(place).lesson()).toList();
  }

  /** Questions above the floor; twins and the question itself do not take a place of the top k. */
  private Set<Question> relevantSources(Question question, Set<Question> twins) {
    Set<Question> relevant = new HashSet<>();
    if (feedback.topK() == 0) {
      double[] scores = scorer.scores(question, sources);
      for (int i = 0; i < scores.length; i++) {
        if (scores[i] >= feedback.floor()) {
          relevant.add(sources.get(i));
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
        relevant.add(source);
      } else if (left > 0) {
        relevant.add(source);
        left--;
      }
    }
    return relevant;
  }

  private double draw(String text, RandomGenerator random) {
    BetaShape shape = Objects.requireNonNull(shapes.get(text));
    return new BetaDistribution(random, shape.alpha(), shape.beta()).sample();
  }

  private record Drawn(Lesson lesson, double chance) {}

  /** What is believed of a wording. */
  private record BetaShape(double alpha, double beta) {}

  /**
   * The problems that a wording was distilled from. Each counts as one trial, a success where it is
   * a principle, however often it was distilled from it: solving it often shows that it is easy.
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

    BetaShape shape(LessonUse use) {
      double won = solved.size() + use.totalGain();
      double lost = tried.size() - solved.size() + use.totalLoss();
      return new BetaShape(1 + won, 1 + lost);
    }
  }
}
