package io.lanpo.tasks.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalledFunctionsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "Add two numbers.; assert add_two(1, 2) == 3; true",
        "Write add_two, which adds.; assert add_two(1, 2) == 3; false",
        "Write a function.; assert sorted(common(1)) == [1]; true",
        "Write common.; assert set(common(1)) == {1}; false",
        "Finish it.; assert candidate(1) == 2; false",
        "Finish it.; 1 2 3; false"
      })
  void aNameThatTheWordingLacksIsFound(String wording, String tests, boolean unnamed) {
    assertEquals(unnamed, CalledFunctions.unnamed(wording, tests));
  }
}
