package io.lanpo.tasks.digits;

import io.lanpo.api.task.AnswerKey;
import io.lanpo.api.task.Curriculum;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Prompt;
import io.lanpo.api.task.Question;
import io.lanpo.api.task.Task;
import io.lanpo.tasks.random.WellRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An opened world: operators whose meanings are fixed by the seed, each asked about many inputs.
 */
public final class OperatorTask implements Task {
  private final List<Problem> training = new ArrayList<>();
  private final List<Problem> heldOut = new ArrayList<>();
  private final Curriculum curriculum;

  private OperatorTask(Curriculum curriculum) {
    this.curriculum = curriculum;
  }

  /**
   * Opens a world.
   *
   * @param world the first part of the problems' ids. The seed is the second, since with another
   *     seed the same operator means something else
   * @param meanings all meanings, always in the same order
   * @param vocabulary every word, always in the same order
   */
  public static <M> OperatorTask open(
      String world,
      long seed,
      WorldSize size,
      List<M> meanings,
      Language<M> language,
      List<String> vocabulary) {
    Map<String, M> known = given(size.known(), meanings, new WellRandom(seed, "known operators"));
    Demonstrations<M> coldStart = new Demonstrations<>(language, known, size.practice());
    OperatorTask task =
        new OperatorTask(
            new SkillCurriculum<>(
                vocabulary,
                coldStart,
                new Demonstrations<>(language, known, Operators.PRACTICE),
                new Exams<>(language, coldStart)));
    given(size.learned(), meanings, new WellRandom(seed, "operators"))
        .forEach(
            (operator, meaning) ->
                task.add(
                    world + "-" + seed,
                    size,
                    language,
                    operator,
                    meaning,
                    new WellRandom(seed, "problems of " + operator)));
    return task;
  }

  /** A meaning for each operator, no two the same. */
  private static <M> Map<String, M> given(
      List<String> operators, List<M> meanings, WellRandom random) {
    List<M> shuffled = new ArrayList<>(meanings);
    random.shuffle(shuffled);
    Map<String, M> given = new LinkedHashMap<>();
    for (int i = 0; i < operators.size(); i++) {
      given.put(operators.get(i), shuffled.get(i));
    }
    return given;
  }

  /** Adds the problems of an operator. */
  private <M> void add(
      String world,
      WorldSize size,
      Language<M> language,
      String operator,
      M meaning,
      WellRandom random) {
    Set<Digits> inputs = new LinkedHashSet<>();
    while (inputs.size() < size.trainingInputs() + size.heldOutInputs()) {
      inputs.add(Digits.distinct(random));
    }
    List<Digits> order = List.copyOf(inputs);
    Set<Digits> hidden = new HashSet<>(order.subList(size.trainingInputs(), order.size()));
    for (int i = 0; i < order.size(); i++) {
      Digits input = order.get(i);
      Example example =
          Example.of(
              language.rule(meaning),
              random,
              shown -> !shown.equals(input) && !hidden.contains(shown));
      Problem problem = problem(world, operator, example, input, language.answer(meaning, input));
      (i < size.trainingInputs() ? training : heldOut).add(problem);
    }
  }

  private static Problem problem(
      String world, String operator, Example example, Digits input, String answer) {
    String id = "%s-%s-%s".formatted(world, operator, input.text().replace(" ", ""));
    return new Problem(
        new Question(id, Prompts.question(operator, example, input)),
        new AnswerKey(answer),
        Map.of("operator", operator));
  }

  @Override
  public List<Problem> training() {
    return Collections.unmodifiableList(training);
  }

  @Override
  public List<Problem> heldOut() {
    return Collections.unmodifiableList(heldOut);
  }

  @Override
  public Prompt pose(Question question) {
    return Prompts.pose(question.text());
  }

  @Override
  public Optional<Curriculum> curriculum() {
    return Optional.of(curriculum);
  }
}
