package io.lanpo.engine.rollout;

import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Question;
import io.lanpo.engine.generate.Randomness;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.math3.util.MathArrays;

/**
 * Draws problems epoch by epoch in shuffled order. What a step draws depends on the seed and the
 * step only.
 *
 * @param problems the training problems, at least one
 * @param randomness source of the shuffles
 */
public record ProblemOrder(List<Problem> problems, Randomness randomness) {
  /**
   * The problems of a step.
   *
   * @param step from 1
   * @param count how many
   */
  public List<Problem> draw(int step, int count) {
    List<Problem> drawn = new ArrayList<>(count);
    long first = (step - 1L) * count;
    long epoch = -1;
    int[] order = {};
    for (long i = first; i < first + count; i++) {
      long wanted = i / problems.size();
      if (wanted != epoch) {
        epoch = wanted;
        order = MathArrays.natural(problems.size());
        MathArrays.shuffle(order, randomness.stream("order", epoch));
      }
      drawn.add(problems.get(order[(int) (i % problems.size())]));
    }
    return drawn;
  }

  /**
   * Problems that a step has not drawn, each once, in another order than {@link #draw} has; the
   * next ones when those that were given before are among {@code drawn}.
   *
   * @param drawn what the step has already
   * @param count how many at most
   */
  List<Problem> further(int step, List<Question> drawn, int count) {
    Set<String> known =
        drawn.stream().map(Question::text).collect(Collectors.toCollection(HashSet::new));
    int[] order = MathArrays.natural(problems.size());
    MathArrays.shuffle(order, randomness.stream("refill", step));
    return Arrays.stream(order)
        .mapToObj(problems::get)
        .filter(problem -> known.add(problem.question().text()))
        .limit(count)
        .toList();
  }
}
