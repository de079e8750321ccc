package io.lanpo.relative.trainingfree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.Settings;
import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.objective.Explanation;
import io.lanpo.api.objective.JudgedCompletion;
import io.lanpo.api.objective.JudgedGroup;
import io.lanpo.api.objective.JudgedStep;
import io.lanpo.api.objective.Means;
import io.lanpo.api.objective.Objective;
import io.lanpo.api.objective.Updates;
import io.lanpo.api.task.Prompt;
import io.lanpo.api.task.Question;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class NoObjectiveTest {
  private final NoObjective objective = new NoObjective();
  private final Objective.Learning learning =
      objective.open(Settings.defaults(objective.settings()));

  private static JudgedGroup group(double... rewards) {
    return new JudgedGroup(
        new Question("q", "q"),
        new Prompt.Plain("q"),
        Arrays.stream(rewards)
            .mapToObj(
                reward ->
                    new JudgedCompletion(
                        FeedbackMode.SCRATCH,
                        List.of(),
                        new int[] {1},
                        new int[] {2},
                        new float[] {-1},
                        true,
                        Optional.of("a"),
                        OptionalDouble.of(reward),
                        reward == 1,
                        new Explanation("")))
            .toList());
  }

  /** The mean is 0.5, the deviation the root of 1/3. */
  @Test
  void advantagesAreThoseOfGrpo() {
    double a = 0.5 / (Math.sqrt(1 / 3.0) + 1e-4);
    List<double[]> advantages = learning.advantages(List.of(group(1, 0, 0, 1), group(1, 1)));
    assertArrayEquals(new double[] {a, -a, -a, a}, advantages.get(0), 1e-12);
    assertArrayEquals(new double[] {0, 0}, advantages.get(1));
  }

  @Test
  void itLearnsNothingAndSaysSo() {
    List<JudgedGroup> groups = List.of(group(1, 0));
    Updates updates =
        learning.updates(new JudgedStep(7, groups, learning.advantages(groups)), unasked());
    assertEquals(7, updates.step());
    assertTrue(updates.idle());
    assertTrue(updates.terms().isEmpty());
    assertFalse(learning.learns());
    assertFalse(learning.needsReference() || learning.needsDemonstrations());
  }

  private static Means unasked() {
    return (Means)
        Proxy.newProxyInstance(
            NoObjectiveTest.class.getClassLoader(),
            new Class<?>[] {Means.class},
            (proxy, method, args) -> {
              throw new AssertionError("asked for " + method.getName());
            });
  }
}
