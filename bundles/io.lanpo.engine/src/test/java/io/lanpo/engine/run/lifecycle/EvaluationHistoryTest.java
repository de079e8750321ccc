package io.lanpo.engine.run.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class EvaluationHistoryTest {
  @Test
  void theFirstOfTheBestEvaluationsCounts() {
    EvaluationHistory history = new EvaluationHistory();
    assertEquals(0, history.bestStep());
    assertTrue(history.add(5, 0.2));
    assertTrue(history.add(10, 0.4));
    assertFalse(history.add(15, 0.4));
    assertEquals(10, history.bestStep());
  }

  @Test
  void patienceIsCountedFromTheBest() {
    EvaluationHistory history = new EvaluationHistory();
    history.add(5, 0.4);
    history.add(10, 0.3);
    history.add(15, 0.5);
    history.add(20, 0.5);
    assertFalse(history.exhausted(2));
    history.add(25, 0.1);
    assertTrue(history.exhausted(2));
    assertFalse(history.exhausted(3));
    assertFalse(history.exhausted(0), "0 is for ever");
  }
}
