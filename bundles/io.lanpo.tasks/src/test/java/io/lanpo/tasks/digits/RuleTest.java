package io.lanpo.tasks.digits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.tasks.random.WellRandom;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleTest {
  @ParameterizedTest
  @CsvSource({
    "keep then last 7, 4 7 6, 4 7 7",
    "reverse then first 0, 4 7 1, 0 7 4",
    "left then middle 1, 4 7 9, 7 1 4",
    "right then last 8, 4 7 6, 6 4 8",
    "swap then middle 0, 0 7 6, 7 0 6",
    "tuck then first 9, 9 7 6, 9 6 7",
  })
  void permutesThenOverwritesOneDigit(String rule, String input, String output) {
    assertEquals(output, Rule.of(rule).orElseThrow().apply(digits(input)).text());
  }

  @Test
  void hasOneHundredAndEightyRulesEachReadBackFromItsText() {
    assertEquals(180, Rule.ALL.size());
    Rule.ALL.forEach(rule -> assertEquals(Optional.of(rule), Rule.of(rule.text())));
    assertEquals(Optional.empty(), Rule.of("right then third 8"));
  }

  @Test
  void exactlyOneRuleFitsAnExample() {
    WellRandom random = new WellRandom(2, "examples");
    for (Rule rule : Rule.ALL) {
      for (int i = 0; i < 10; i++) {
        Example example = Example.of(rule, random);
        assertEquals(
            List.of(rule),
            Rule.ALL.stream()
                .filter(r -> r.apply(example.input()).equals(example.output()))
                .toList());
        assertTrue(example.fits(rule.permutation()));
        assertNotEquals(
            rule.permutation().apply(example.input()), example.output(), "the change shows");
      }
    }
  }

  @Test
  void permutationsFormARing() {
    Permutation permutation = Permutation.KEEP;
    Set<Permutation> seen = EnumSet.noneOf(Permutation.class);
    while (seen.add(permutation)) {
      permutation = permutation.next();
    }
    assertEquals(EnumSet.allOf(Permutation.class), seen);
  }

  @Test
  void digitsAreDigits() {
    assertThrows(IllegalArgumentException.class, () -> new Digits(0, 10, 0));
    assertThrows(IllegalArgumentException.class, () -> new Digits(0, 0, -1));
  }

  static Digits digits(String text) {
    String[] digits = text.split(" ");
    return new Digits(
        Integer.parseInt(digits[0]), Integer.parseInt(digits[1]), Integer.parseInt(digits[2]));
  }
}
