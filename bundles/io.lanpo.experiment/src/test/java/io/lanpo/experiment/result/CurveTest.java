package io.lanpo.experiment.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

final class CurveTest {
  private final Curve curve =
      new Curve(
          List.of(
              new CurvePoint(0, 0, 0, 0.01),
              new CurvePoint(5, 1000, 2.5, 0.2),
              new CurvePoint(10, 2100, 4.5, 0.6),
              new CurvePoint(15, 3000, 7, 0.5)));

  @Test
  void theLastEvaluationThatIsNotLater() {
    assertEquals(0.2, curve.within(Budget.STEPS, 9).value());
    assertEquals(0.6, curve.within(Budget.STEPS, 10).value());
    assertEquals(0.2, curve.within(Budget.TOKENS, 2099).value());
    assertEquals(0.6, curve.within(Budget.CPU, 6.999).value());
  }

  @Test
  void beforeTheFirstAndAfterTheLast() {
    assertEquals(0.01, curve.within(Budget.CPU, 0).value());
    assertEquals(0.5, curve.within(Budget.STEPS, 1000).value());
    assertEquals(15, curve.last().step());
    assertThrows(IllegalArgumentException.class, () -> new Curve(List.of()));
  }

  @Test
  void meansHaveStandardErrors() {
    // standard deviation of 1, 2, 3, 4 is the root of 5/3
    Mean mean = Mean.of(List.of(1.0, 2.0, 3.0, 4.0));
    assertEquals(2.5, mean.mean());
    assertEquals(Math.sqrt(5.0 / 3 / 4), mean.se(), 1e-15);
    assertEquals(Double.NaN, Mean.of(List.of(1.0)).se());
    assertEquals(Double.NaN, Mean.of(List.of()).mean());
  }
}
