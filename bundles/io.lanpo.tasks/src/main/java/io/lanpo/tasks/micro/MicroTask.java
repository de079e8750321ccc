package io.lanpo.tasks.micro;

import io.lanpo.api.task.AnswerKey;
import io.lanpo.api.task.Curriculum;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Prompt;
import io.lanpo.api.task.Question;
import io.lanpo.api.task.Task;
import io.lanpo.tasks.random.WellRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An opened micro-world: operators with rules fixed by the seed, each asked about many inputs. */
final class MicroTask implements Task {
  private final List<Problem> training;
  private final List<Problem> heldOut;
  private final Curriculum curriculum;

  private MicroTask(List<Problem> training, List<Problem> heldOut, Curriculum curriculum) {
    this.training = List.copyOf(training);
    this.heldOut = List.copyOf(heldOut);
    this.curriculum = curriculum;
  }

  /**
   * How large a micro-world is.
   *
   * @param operators how many operators are to be learned
   * @param trainingInputs problems to learn from, per operator
   * @param heldOutInputs problems for evaluation, per operator, about other inputs
   * @param knownOperators how many operators the demonstrations give a rule of their own
   * @param introduce whether the cold start uses the words of the operators to be learned
   */
  record Size(
      int operators,
      int trainingInputs,
      int heldOutInputs,
      int knownOperators,
      boolean introduce) {}

  /** Draws the rules and the problems. */
  static MicroTask draw(long seed, Size size) {
    List<Problem> training = new ArrayList<>();
    List<Problem> heldOut = new ArrayList<>();
    Map<String, Rule> rules =
        rules(Words.TASK.subList(0, size.operators), new WellRandom(seed, "operators"));
    rules.forEach(
        (operator, rule) -> {
          WellRandom random = new WellRandom(seed, "problems of " + operator);
          Set<Digits> inputs = new LinkedHashSet<>();
          while (inputs.size() < size.trainingInputs + size.heldOutInputs) {
            inputs.add(Digits.distinct(random));
          }
          List<Digits> order = List.copyOf(inputs);
          Set<Digits> hidden = new HashSet<>(order.subList(size.trainingInputs, order.size()));
          for (int i = 0; i < order.size(); i++) {
            Digits input = order.get(i);
            Example example =
                Example.of(rule, random, shown -> !shown.equals(input) && !hidden.contains(shown));
            Problem problem = problem(seed, new Scene(operator, rule, example, input));
            (i < size.trainingInputs ? training : heldOut).add(problem);
          }
        });
    Map<String, Rule> known =
        rules(Words.KNOWN.subList(0, size.knownOperators), new WellRandom(seed, "known operators"));
    List<String> practice = new ArrayList<>(Words.PRACTICE);
    practice.addAll(Words.HELD_OUT);
    if (size.introduce) {
      practice.addAll(Words.TASK);
    }
    return new MicroTask(
        training,
        heldOut,
        new MicroCurriculum(
            new Demonstrations(known, practice), new Demonstrations(known, Words.PRACTICE)));
  }

  /** A rule for each operator, no two the same. */
  private static Map<String, Rule> rules(List<String> operators, WellRandom random) {
    List<Rule> shuffled = new ArrayList<>(Rule.ALL);
    random.shuffle(shuffled);
    Map<String, Rule> rules = new LinkedHashMap<>();
    for (int i = 0; i < operators.size(); i++) {
      rules.put(operators.get(i), shuffled.get(i));
    }
    return rules;
  }

  /** The seed is part of the id, since with another seed the same operator means something else. */
  private static Problem problem(long seed, Scene scene) {
    String id =
        "micro-%d-%s-%s".formatted(seed, scene.operator(), scene.input().text().replace(" ", ""));
    return new Problem(
        new Question(id, scene.question()),
        new AnswerKey(scene.rule().apply(scene.input()).text()),
        Map.of("operator", scene.operator()));
  }

  @Override
  public List<Problem> training() {
    return training;
  }

  @Override
  public List<Problem> heldOut() {
    return heldOut;
  }

  @Override
  public Prompt pose(Question question) {
    return Sentences.pose(question.text());
  }

  @Override
  public Optional<Curriculum> curriculum() {
    return Optional.of(curriculum);
  }
}
