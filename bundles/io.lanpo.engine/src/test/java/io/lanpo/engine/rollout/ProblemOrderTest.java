package io.lanpo.engine.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.lanpo.api.task.AnswerKey;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Question;
import io.lanpo.engine.fixture.Problems;
import io.lanpo.engine.generate.Randomness;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProblemOrderTest {
  private static final List<Problem> PROBLEMS =
      IntStream.range(0, 10)
          .mapToObj(i -> new Problem(new Question("p" + i, ""), new AnswerKey(""), Map.of()))
          .toList();

  @Test
  void everyEpochShowsEveryProblemOnce() {
    ProblemOrder order = new ProblemOrder(PROBLEMS, new Randomness(1));
    List<Problem> drawn = new ArrayList<>();
    for (int step = 1; step <= 10; step++) {
      drawn.addAll(order.draw(step, 4));
    }
    for (int epoch = 0; epoch < 4; epoch++) {
      assertEquals(10, new HashSet<>(drawn.subList(10 * epoch, 10 * epoch + 10)).size());
    }
    assertNotEquals(drawn.subList(0, 10), drawn.subList(10, 20));
  }

  /** Beyond what a step has, in an order that goes by the seed and the step alone. */
  @Test
  void furtherProblemsAreThoseThatAStepHasNot() {
    List<Problem> named = Problems.of(10);
    ProblemOrder order = new ProblemOrder(named, new Randomness(1));
    List<Question> had = new ArrayList<>(order.draw(1, 4).stream().map(Problem::question).toList());
    List<Problem> first = order.further(1, had, 4);
    first.forEach(problem -> had.add(problem.question()));
    List<Problem> rest = order.further(1, had, 4);
    rest.forEach(problem -> had.add(problem.question()));
    assertEquals(2, rest.size());
    assertEquals(10, new HashSet<>(had).size());
    assertEquals(List.of(), order.further(1, had, 4));
    assertEquals(
        first, new ProblemOrder(named, new Randomness(1)).further(1, had.subList(0, 4), 4));
  }

  /** A problem of a weight above 1 stands among the problems more than once. */
  @Test
  void aProblemThatComesUpTwiceInAPassIsAddedOnce() {
    List<Problem> twice = new ArrayList<>(Problems.of(10));
    twice.addAll(Problems.of(10));
    List<Problem> further = new ProblemOrder(twice, new Randomness(1)).further(1, List.of(), 10);
    assertEquals(10, new HashSet<>(further).size());
  }

  @Test
  void aStepDependsOnNothingBeforeIt() {
    ProblemOrder first = new ProblemOrder(PROBLEMS, new Randomness(1));
    first.draw(1, 4);
    first.draw(2, 4);
    assertEquals(first.draw(3, 4), new ProblemOrder(PROBLEMS, new Randomness(1)).draw(3, 4));
    assertNotEquals(first.draw(3, 4), new ProblemOrder(PROBLEMS, new Randomness(2)).draw(3, 4));
  }
}
