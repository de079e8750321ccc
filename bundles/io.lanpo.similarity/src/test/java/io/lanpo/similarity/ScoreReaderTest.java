package io.lanpo.similarity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalDouble;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoreReaderTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0.8 | 1 | 0.8",
        "Relevance: .25, for both are about trains | 1 | 0.25",
        "0,5 | 1 | 0.5",
        "1 | 1 | 1",
        "0 | 1 | 0",
        "1. | 1 | 1",
        "80 % | 1 | 0.8",
        "80% | 10 | 0.8",
        "7/10 | 10 | 0.7",
        "7 out of 10 | 10 | 0.7",
        "11 | 10 | ",
        "2 | 1 | ",
        "120 % | 1 | ",
        "-0.5 | 1 | ",
        "−1 | 1 | ",
        "very | 1 | ",
        "'' | 1 | ",
      })
  void theFirstNumberIsTheScore(String answer, double full, Double score) {
    OptionalDouble expected = score == null ? OptionalDouble.empty() : OptionalDouble.of(score);
    assertEquals(expected, new ScoreReader(full).read(answer));
  }
}
