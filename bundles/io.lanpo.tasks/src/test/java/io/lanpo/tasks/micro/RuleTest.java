package io.lanpo.tasks.micro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.tasks.random.WellRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleTest {
  @ParameterizedTest
  @CsvSource({
    "keep then add one last, 4 7 6, 4 7 7",
    "reverse then take two first, 4 7 1, 9 7 4",
    "left then add two middle, 4 7 9, 7 1 4",
    "right then add one last, 4 7 6, 6 4 8",
    "swap then take one middle, 0 7 6, 7 9 6",
    "tuck then add one first, 9 7 6, 0 6 7",
  })
  void permutesThenChangesOneDigitModuloTen(String rule, String input, String output) {
    Digits digits = MicroWorldTest.digits(List.of(input.split(" ")));
    assertEquals(output, Rule.of(rule).orElseThrow().apply(digits).text());
  }

  @Test
  void hasSeventyTwoRulesEachReadBackFromItsText() {
    assertEquals(72, Rule.ALL.size());
    Rule.ALL.forEach(rule -> assertEquals(Optional.of(rule), Rule.of(rule.text())));
    assertEquals(Optional.empty(), Rule.of("right then add three last"));
  }

  @Test
  void exactlyOneRuleFitsAnExample() {
    WellRandom random = new WellRandom(2, "examples");
    for (Rule rule : Rule.ALL) {
      for (int i = 0; i < 20; i++) {
        Example example = Example.of(rule, random);
        assertEquals(
            List.of(rule),
            Rule.ALL.stream()
                .filter(r -> r.apply(example.input()).equals(example.output()))
                .toList());
        assertTrue(example.fits(rule.permutation()));
      }
    }
  }

  @Test
  void digitsAreDigits() {
    assertThrows(IllegalArgumentException.class, () -> new Digits(0, 10, 0));
    assertThrows(IllegalArgumentException.class, () -> new Digits(0, 0, -1));
  }
}
