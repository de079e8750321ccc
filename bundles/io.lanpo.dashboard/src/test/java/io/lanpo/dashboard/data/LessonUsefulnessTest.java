package io.lanpo.dashboard.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.pool.LessonUse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LessonUsefulnessTest {
  /** Lower ends of the Wilson interval, calculated from its definition with other software. */
  @ParameterizedTest
  @CsvSource({
    "0,0,0",
    "1,1,0.206549",
    "10,10,0.722467",
    "100,50,0.403832",
    "10,0,0",
    "263,81,0.255289"
  })
  void isTheLowerEndOfTheInterval(long shown, long better, double expected) {
    assertEquals(expected, LessonUsefulness.of(new LessonUse(shown, 0, better)), 1e-5);
  }

  @Test
  void oneLuckyCompletionDoesNotBeatFifty() {
    assertTrue(
        LessonUsefulness.of(new LessonUse(60, 50, 50))
            > LessonUsefulness.of(new LessonUse(1, 1, 1)));
  }
}
