package io.lanpo.api.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ExperimentLabelTest {
  @Test
  void isReadBackFromItsText() {
    ExperimentLabel label = new ExperimentLabel("claims+steps=10", "no-filter", -3);
    assertEquals("experiment claims+steps=10: no-filter, seed -3", label.text());
    assertEquals(Optional.of(label), ExperimentLabel.of(label.text()));
  }

  @Test
  void anyOtherDescriptionIsNone() {
    assertEquals(Optional.empty(), ExperimentLabel.of(""));
    assertEquals(Optional.empty(), ExperimentLabel.of("an experiment of mine: x, seed many"));
  }
}
