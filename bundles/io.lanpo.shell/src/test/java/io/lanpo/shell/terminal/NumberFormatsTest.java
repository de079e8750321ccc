package io.lanpo.shell.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberFormatsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0s",
    "59, 59s",
    "60, 1m 00s",
    "192, 3m 12s",
    "3840, 1h 04m",
    "100000, 1d 03h",
  })
  void spansHaveTwoUnits(long seconds, String shown) {
    assertEquals(shown, NumberFormats.span(Duration.ofSeconds(seconds)));
  }

  @ParameterizedTest
  @CsvSource({"999, 999 B", "1500, 1.5 kB", "1234567890, 1.2 GB", "999600, 1.0 MB"})
  void sizesAreDecimal(long bytes, String shown) {
    assertEquals(shown, NumberFormats.bytes(bytes));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "0; 0",
        "12; 12",
        "0.5; 0.500",
        "12.345; 12.35",
        "123.456; 123.5",
        "12345.6; 12,346",
        "0.0025; 0.0025",
        "0.00012; 1.20e-04",
        "NaN; -",
      })
  void figuresKeepAboutFourDigits(double value, String shown) {
    assertEquals(shown, NumberFormats.figure(value));
  }

  @Test
  void scoresShowTheirStandardErrorWhenThereIsOne() {
    assertEquals("0.931 ± 0.011", NumberFormats.score(0.9312, 0.0109));
    assertEquals("0.931", NumberFormats.score(0.9312, Double.NaN));
    assertEquals("-", NumberFormats.score(Double.NaN, 0.1));
  }

  @Test
  void countsAndShares() {
    assertEquals("1,234,567", NumberFormats.count(1_234_567));
    assertEquals("23 %", NumberFormats.share(0.234));
  }
}
