package io.lanpo.engine.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.UserException;
import io.lanpo.api.objective.JudgedGroup;
import io.lanpo.api.objective.JudgedStep;
import io.lanpo.api.objective.Means;
import io.lanpo.api.objective.Objective;
import io.lanpo.api.objective.Updates;
import io.lanpo.api.policy.AdamW;
import io.lanpo.engine.call.Named;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DeclaredLearningTest {
  /** Learns nothing; what it declares is what matters here. */
  private abstract static class Declaring implements Objective.Learning {
    @Override
    public List<double[]> advantages(List<JudgedGroup> groups) {
      return List.of();
    }

    @Override
    public Updates updates(JudgedStep step, Means means) {
      return new Updates(step.number(), List.of(), false, Map.of());
    }
  }

  /** What memory was estimated for and what is learned are one answer. */
  @Test
  void whatAnObjectiveDeclaresIsAskedOnceAndByItsName() {
    AtomicInteger asked = new AtomicInteger();
    Objective.Learning fickle =
        new Declaring() {
          @Override
          public boolean learns() {
            return asked.incrementAndGet() == 1;
          }

          @Override
          public List<String> unused() {
            return Collections.singletonList(null);
          }
        };
    assertTrue(refused(fickle).contains("threw java.lang.NullPointerException"));
    assertEquals(1, asked.get());
  }

  @Test
  void whatAnObjectiveDeclaresOfItselfIsCheckedBeforeTheRun() {
    assertTrue(refused(dividing(0, 0)).contains("divides a step into 0 updates"));
    assertTrue(refused(dividing(1, -3)).contains("renews the reference every -3 steps"));
  }

  private static Objective.Learning dividing(int miniBatches, int refresh) {
    return new Declaring() {
      @Override
      public int miniBatches() {
        return miniBatches;
      }

      @Override
      public int referenceRefresh() {
        return refresh;
      }
    };
  }

  private static String refused(Objective.Learning declared) {
    LearningRates rates =
        new LearningRates(
            new Named<>((step, steps) -> 1, "schedule mine"),
            new AdamW(1, 0.9, 0.99, 1e-8, 0, 1),
            1);
    String message =
        String.valueOf(
            assertThrows(
                    UserException.class,
                    () ->
                        new LearningComponents(
                            new Named<>(declared, "objective mine of bundle it 1.0"), rates))
                .getMessage());
    assertTrue(message.startsWith("the objective mine of bundle it 1.0 "), message);
    return message;
  }
}
