package io.lanpo.libs.objective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanpo.api.policy.Scorer;
import io.lanpo.api.policy.Sequence;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Weights of a policy whose distance from the one that sampled is known. */
class ImportanceCorrectionTest {
  private static final Scorer EVEN =
      (sequences, temperature) ->
          sequences.stream().map(s -> Item.filled(s.completion().length, -2)).toList();

  private static final float[] NONE = {};

  @Test
  void weightsAreRatiosUpToTheCap() {
    Item far =
        Item.sampled(
            new Sequence(new int[] {1, 3}, new int[] {4, 5, 2}), 2, new float[] {-2.5f, -1, -5});
    Item near =
        Item.sampled(new Sequence(new int[] {1}, new int[] {3, 2}), -1, new float[] {-2, -2});
    Item imagined = Item.imagined(new Sequence(new int[] {1}, new int[] {2}), 1);
    List<Item> items = new ArrayList<>(List.of(far, imagined, near));
    ImportanceCorrection.Figures figures =
        new ImportanceCorrection(EVEN, 1, 2).correct(items).orElseThrow();

    float[] expected = {2 * (float) Math.exp(0.5), 2 * (float) Math.exp(-1), 2 * 2};
    assertArrayEquals(expected, items.get(0).advantages(), 1e-5f);
    assertArrayEquals(new float[] {-2, -2, -2}, items.get(0).samplingLogProbs());
    assertArrayEquals(new float[] {-1, -1}, items.get(2).advantages(), 1e-6f);
    assertArrayEquals(NONE, items.get(1).samplingLogProbs(), "its ratio stays one by definition");
    assertEquals((0.5 + 1 + 3) / 5, figures.gap(), 1e-5);
    assertEquals(3, figures.widest(), 1e-5);
    assertEquals(0.2, figures.beyondShare(), 1e-9);
    assertEquals((Math.exp(0.5) + Math.exp(-1) + 2 + 1 + 1) / 5, figures.weight(), 1e-5);
  }

  /**
   * Ratios e^0.5, e^−1 and e^3 of three tokens, e^2.5 together; and 1 and e^0.5 of two, e^0.5
   * together. The cap is 2.
   */
  @ParameterizedTest
  @CsvSource({
    "TOKEN, TRUNCATE, 1.64872, 0.36788, 2, 1, 1.64872, importance.capped, 0.2",
    "TOKEN, MASK, 1.64872, 0.36788, 0, 1, 1.64872, importance.rejected, 0.2",
    "SEQUENCE, TRUNCATE, 2, 2, 2, 1.64872, 1.64872, importance.capped, 0.5",
    "SEQUENCE, MASK, 0, 0, 0, 1.64872, 1.64872, importance.rejected, 0.5",
  })
  void theFourRules(
      ImportanceRule.Level level,
      ImportanceRule.Form form,
      float first,
      float second,
      float third,
      float fourth,
      float fifth,
      String figure,
      double share) {
    List<Item> items =
        new ArrayList<>(
            List.of(
                Item.sampled(
                    new Sequence(new int[] {1, 3}, new int[] {4, 5, 2}),
                    1,
                    new float[] {-2.5f, -1, -5}),
                Item.sampled(
                    new Sequence(new int[] {1}, new int[] {3, 2}), 1, new float[] {-2, -2.5f})));
    ImportanceCorrection.Figures figures =
        new ImportanceCorrection(EVEN, 1, new ImportanceRule(level, form, 2))
            .correct(items)
            .orElseThrow();
    assertArrayEquals(new float[] {first, second, third}, items.get(0).advantages(), 1e-5f);
    assertArrayEquals(new float[] {fourth, fifth}, items.get(1).advantages(), 1e-5f);
    assertEquals(share, figures.byName().get(figure));
    assertEquals((first + second + third + fourth + fifth) / 5, figures.weight(), 1e-5);
  }

  /** Far apart, a ratio is no number that a float has; it is cut or rejected all the same. */
  @Test
  void aRatioBeyondAllNumbersIsBeyondTheCap() {
    float[] before = {-2, -2};
    float[] sampled = {-2, -4000};
    for (ImportanceRule.Level level : ImportanceRule.Level.values()) {
      assertEquals(
          2,
          new ImportanceRule(level, ImportanceRule.Form.TRUNCATE, 2)
              .of(before, sampled)
              .weights()[1]);
      assertEquals(
          0,
          new ImportanceRule(level, ImportanceRule.Form.MASK, 2).of(before, sampled).weights()[1]);
    }
  }
}
