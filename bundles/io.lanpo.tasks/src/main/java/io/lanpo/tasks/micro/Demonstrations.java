package io.lanpo.tasks.micro;

import io.lanpo.api.task.Demonstration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Makes one demonstration of a skill. It knows nothing of the rules that are to be learned. */
final class Demonstrations {
  /** Share of plain problems and pitfalls that are about a known operator. */
  private static final double KNOWN_SHARE = 0.5;

  /** Of the attempts shown for review, this share has the right plan. */
  private static final double RIGHT_PLAN = 0.2;

  /** Of the attempts shown for review, this share has the right permutation with a random digit. */
  private static final double HALF_RIGHT_PLAN = 0.2;

  private final Map<String, Rule> known;
  private final List<String> knownWords;
  private final List<String> practice;
  private final List<String> all;

  /**
   * @param known operators with a rule of their own, in a fixed order
   * @param practice operators that mean something else every time
   */
  Demonstrations(Map<String, Rule> known, List<String> practice) {
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
   * A known operator is solved by its rule, a practice operator by any rule, carried out rightly:
   * so an operator without a lesson is something to guess at, not to read off the example, and an
   * unknown word is nothing odd.
   */
  private Demonstration plain(RandomGenerator random) {
    Scene scene = familiar(random);
    return new Demonstration(
        Sentences.pose(scene.question()), scene.solution(guess(scene, random)));
  }

  private Demonstration principle(RandomGenerator random) {
    Scene scene = unfamiliar(all, random);
    return new Demonstration(
        Sentences.poseWithLesson(
            Sentences.principle(scene.operator(), scene.rule()), scene.question()),
        scene.solution());
  }

  private Demonstration pitfall(RandomGenerator random) {
    Scene scene = familiar(random);
    Rule shown = guess(scene, random);
    Rule avoided = Rule.anyBut(List.of(scene.rule(), shown), random);
    return new Demonstration(
        Sentences.poseWithLesson(Sentences.pitfall(scene.operator(), avoided), scene.question()),
        scene.solution(shown));
  }

  private Demonstration review(RandomGenerator random) {
    Scene scene = unfamiliar(all, random);
    Rule plan = plan(scene.rule(), random);
    String review =
        ReviewGrammar.tests(plan.permutation(), scene.rule(), scene.example())
            + " "
            + ReviewGrammar.SOLUTION
            + " "
            + scene.solution();
    return new Demonstration(Sentences.askReview(scene.question(), scene.solution(plan)), review);
  }

  private Demonstration lesson(RandomGenerator random) {
    Scene scene = unfamiliar(all, random);
    boolean solved = random.nextBoolean();
    Rule plan = solved ? scene.rule() : Rule.anyBut(List.of(scene.rule()), random);
    String lesson =
        solved
            ? Sentences.principle(scene.operator(), plan)
            : Sentences.pitfall(scene.operator(), plan);
    return new Demonstration(
        Sentences.askLesson(scene.question(), scene.solution(plan), solved), lesson);
  }

  private Demonstration drill(RandomGenerator random) {
    Scene scene = any(random);
    Permutation first = Rule.any(random).permutation();
    return new Demonstration(
        Sentences.askDrill(scene.operator(), scene.example()),
        ReviewGrammar.tests(first, scene.rule(), scene.example()));
  }

  /** The rule by which a plain solution goes. */
  private Rule guess(Scene scene, RandomGenerator random) {
    return known.containsKey(scene.operator()) ? scene.rule() : Rule.any(random);
  }

  /** The plan of an attempt to be reviewed. */
  private static Rule plan(Rule rule, RandomGenerator random) {
    double kind = random.nextDouble();
    if (kind < RIGHT_PLAN) {
      return rule;
    }
    return kind < RIGHT_PLAN + HALF_RIGHT_PLAN
        ? new Rule(rule.permutation(), Overwrite.any(random))
        : Rule.any(random);
  }

  /**
   * A known operator with its own rule, or a practice operator with a rule that is new every time.
   */
  private Scene familiar(RandomGenerator random) {
    return random.nextDouble() < KNOWN_SHARE ? known(random) : unfamiliar(practice, random);
  }

  /** A known operator with its own rule; a practice operator when none is known. */
  Scene known(RandomGenerator random) {
    if (knownWords.isEmpty()) {
      return unfamiliar(practice, random);
    }
    String operator = pick(knownWords, random);
    return Scene.draw(operator, Objects.requireNonNull(known.get(operator)), random);
  }

  /** Any operator with a rule that is new every time. */
  Scene any(RandomGenerator random) {
    return unfamiliar(all, random);
  }

  private static Scene unfamiliar(List<String> operators, RandomGenerator random) {
    return Scene.draw(pick(operators, random), Rule.any(random), random);
  }

  private static String pick(List<String> words, RandomGenerator random) {
    return words.get(random.nextInt(words.size()));
  }
}
