package io.lanpo.verifier.exact;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.apache.commons.math3.fraction.BigFraction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberReaderTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "42 | 42 | 1",
        "-42 | -42 | 1",
        "+7 | 7 | 1",
        "\u22127 | -7 | 1",
        "007 | 7 | 1",
        "0.50 | 1 | 2",
        ".5 | 1 | 2",
        "5. | 5 | 1",
        "-1.25 | -5 | 4",
        "1,234 | 1234 | 1",
        "12,345,678.5 | 24691357 | 2",
        "1{,}000 | 1000 | 1",
        "1.5e3 | 1500 | 1",
        "2E-3 | 1 | 500",
        "3/4 | 3 | 4",
        "6 / 8 | 3 | 4",
        "1 000 | 1000 | 1",
        "-12 345 678.5 | -24691357 | 2",
        "1\\,000\\,000 | 1000000 | 1",
        "-3/4 | -3 | 4",
        "3/-4 | -3 | 4",
        "1.5/2 | 3 | 4",
        "\\frac{3}{4} | 3 | 4",
        "\\dfrac{ 3 }{ 4 } | 3 | 4",
        "\\frac12 | 1 | 2",
        "-\\frac{1}{2} | -1 | 2",
        "\\frac{-1}{2} | -1 | 2",
      })
  void readsExactly(String text, long numerator, long denominator) {
    assertEquals(
        Optional.of(new BigFraction(numerator).divide(new BigFraction(denominator))),
        NumberReader.read(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "8 8 7",
        "1,23",
        "1,2345",
        "1 00",
        "1 0000",
        "1234 567",
        "1234,567",
        "1.2.3",
        "3/0",
        "1/2/3",
        "--1",
        "1e",
        "e5",
        "1e999999999",
        "1e-999999999",
        "1e401",
        "1e99999999999999999999",
        "1/1e999999999",
        "\\frac{1}{0}",
        "\\frac{1}",
        "0x10",
        "NaN",
        "Infinity",
        "½",
        "٣"
      })
  void readsNothingElse(String text) {
    assertEquals(Optional.empty(), NumberReader.read(text));
  }

  @Test
  @Timeout(60)
  void hugeInputIsHarmless() {
    assertEquals(Optional.empty(), NumberReader.read("9".repeat(100_000)));
    assertEquals(Optional.empty(), NumberReader.read("1" + ",000".repeat(100_000)));
    assertEquals(401, NumberReader.read("1e400").orElseThrow().getNumerator().toString().length());
  }
}
