package io.lanpo.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiltersTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(&(osgi.wiring.package=a.b)(version>=1.2.0)(!(version>=2.0.0))) | [1.2.0,2.0.0)",
        "(&(osgi.wiring.package=a.b)(version>=1.2.0)) | 1.2.0",
        "(&(osgi.wiring.package=a.b)(!(version>=2.0.0))) | [0,2.0.0)",
        "(osgi.wiring.package=a.b) | ''"
      })
  void theRangeIsReadAsItIsWrittenInAnImport(String filter, String range) {
    assertEquals(range, Filters.range(filter));
    assertEquals("a.b", Filters.value(filter, "osgi.wiring.package"));
  }

  @Test
  void whatCannotBeReadIsShownAsItIs() {
    assertEquals("(x=1)", Filters.value("(x=1)", "y"));
  }
}
