package io.lanpo.tasks.digits;

import io.lanpo.api.task.Demonstration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Makes one demonstration of a skill. It knows nothing of what is to be learned.
 *
 * @param <M> a meaning
 */
final class Demonstrations<M> {
  /** Share of plain problems and pitfalls that are about a known operator. */
  private static final double KNOWN_SHARE = 0.5;

  private final Language<M> language;
  private final Map<String, M> known;
  private final List<String> knownWords;
  private final List<String> practice;
  private final List<String> all;

  /**
   * @param known operators that always mean the same, in a fixed order
   * @param practice operators that mean something else every time
   */
  Demonstrations(Language<M> language, Map<String, M> known, List<String> practice) {
    this.language = language;
    this.known = known;
    this.knownWords = List.copyOf(known.keySet());
    this.practice = practice;
    this.all = Stream.concat(knownWords.stream(), practice.stream()).toList();
  }

  Demonstration of(Skill skill, RandomGenerator random) {
    return switch (skill) {
      case PLAIN -> plain(random);
      case PRINCIPLE -> principle(random);
      case PITFALL -> pitfall(random);
      case REVIEW -> review(random);
      case LESSON -> lesson(random);
      case DRILL -> drill(random);
    };
  }

  /**
   * A known operator is solved by what it means, a practice operator by any meaning, carried out
   * rightly: so an operator without a lesson is something to guess at, not to read off the example,
   * and an unknown word is nothing odd.
   */
  private Demonstration plain(RandomGenerator random) {
    Scene<M> scene = familiar(random);
    return new Demonstration(Prompts.pose(scene.question()), solution(scene, guess(scene, random)));
  }

  /** What a principle does not tell, a known operator's own meaning does. */
  private Demonstration principle(RandomGenerator random) {
    boolean all = language.principlesTellAll();
    Scene<M> scene = all ? any(random) : familiar(random);
    M plan = all ? scene.meaning() : language.taught(scene.meaning(), guess(scene, random));
    return new Demonstration(
        Prompts.poseWithLesson(
            language.principle(scene.operator(), scene.meaning()), scene.question()),
        solution(scene, plan));
  }

  private Demonstration pitfall(RandomGenerator random) {
    Scene<M> scene = familiar(random);
    M shown = guess(scene, random);
    M avoided = other(m -> !m.equals(scene.meaning()) && !m.equals(shown), random);
    return new Demonstration(
        Prompts.poseWithLesson(language.pitfall(scene.operator(), avoided), scene.question()),
        solution(scene, shown));
  }

  private Demonstration review(RandomGenerator random) {
    Scene<M> scene = unfamiliar(all, random);
    M plan = language.attempted(scene.meaning(), random);
    Language.Review<M> review = language.review(plan, scene.example());
    return new Demonstration(
        Prompts.askReview(scene.question(), solution(scene, plan)),
        review.tests() + " " + ReviewGrammar.SOLUTION + " " + solution(scene, review.conclusion()));
  }

  private Demonstration lesson(RandomGenerator random) {
    Scene<M> scene = unfamiliar(all, random);
    boolean solved = random.nextBoolean();
    M plan = solved ? scene.meaning() : other(m -> !m.equals(scene.meaning()), random);
    String lesson =
        solved
            ? language.principle(scene.operator(), plan)
            : language.pitfall(scene.operator(), plan);
    return new Demonstration(
        Prompts.askLesson(scene.question(), solution(scene, plan), solved), lesson);
  }

  private Demonstration drill(RandomGenerator random) {
    Scene<M> scene = any(random);
    Permutation first = Rule.any(random).permutation();
    return new Demonstration(
        Prompts.askDrill(scene.operator(), scene.example()),
        language.tests(first, scene.example()));
  }

  private String solution(Scene<M> scene, M plan) {
    return language.solution(scene.operator(), plan, scene.input());
  }

  /** The meaning by which a plain solution goes. */
  private M guess(Scene<M> scene, RandomGenerator random) {
    return known.containsKey(scene.operator()) ? scene.meaning() : language.any(random);
  }

  private M other(Predicate<M> allowed, RandomGenerator random) {
    Optional<M> found = Stream.generate(() -> language.any(random)).filter(allowed).findFirst();
    return found.orElseThrow();
  }

  /** A known operator with its own meaning, or a practice operator with a new one every time. */
  private Scene<M> familiar(RandomGenerator random) {
    return random.nextDouble() < KNOWN_SHARE ? known(random) : unfamiliar(practice, random);
  }

  /** A known operator with its own meaning; a practice operator when none is known. */
  Scene<M> known(RandomGenerator random) {
    if (knownWords.isEmpty()) {
      return unfamiliar(practice, random);
    }
    String operator = pick(knownWords, random);
    return scene(operator, Objects.requireNonNull(known.get(operator)), random);
  }

  /** Any operator with a meaning that is new every time. */
  Scene<M> any(RandomGenerator random) {
    return unfamiliar(all, random);
  }

  private Scene<M> unfamiliar(List<String> operators, RandomGenerator random) {
    return scene(pick(operators, random), language.any(random), random);
  }

  private Scene<M> scene(String operator, M meaning, RandomGenerator random) {
    return new Scene<>(
        operator, meaning, Example.of(language.rule(meaning), random), Digits.any(random));
  }

  private static String pick(List<String> words, RandomGenerator random) {
    return words.get(random.nextInt(words.size()));
  }
}
