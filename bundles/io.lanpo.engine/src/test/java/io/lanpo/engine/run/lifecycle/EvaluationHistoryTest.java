package io.lanpo.engine.run.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.train.Score;
import io.lanpo.engine.run.folder.ModelCard.HeldOut;
import io.lanpo.engine.run.folder.Scores;
import java.util.List;
import java.util.Map;
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

  @Test
  void aCardHasWhatIsKnownByThen() {
    EvaluationHistory history = new EvaluationHistory();
    Scores scores = new Scores(Map.of("zero-shot", new Score(0.1, 0.01, 2, 1, 0, 1)));
    assertEquals(List.of(), history.scores(null, null));
    assertEquals(
        List.of(new HeldOut("before", "zero-shot", 0.1, 0.01)), history.scores(scores, null));
    history.add(5, 0.4);
    history.add(10, 0.3);
    assertEquals(
        List.of(
            new HeldOut("before", "zero-shot", 0.1, 0.01),
            new HeldOut("after step 10", "zero-shot", 0.3, Double.NaN)),
        history.scores(scores, null));
    assertEquals(
        List.of(
            new HeldOut("before", "zero-shot", 0.1, 0.01),
            new HeldOut("after", "zero-shot", 0.1, 0.01)),
        history.scores(scores, scores));
  }
}
