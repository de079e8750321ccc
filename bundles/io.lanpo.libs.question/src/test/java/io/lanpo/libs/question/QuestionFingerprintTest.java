package io.lanpo.libs.question;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuestionFingerprintTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "He has 7 apples and 12.50 dollars. | 7 12.5",
        "seven apples, twelve pears | 7 12",
        "twenty-five boys and twenty girls | 20 25",
        "two hundred and fifty | 250",
        "one thousand two hundred and five | 1205",
        "a hundred and thirty-one | 131",
        "2 thousand | 2000",
        "1,200 is 1200.0 | 1200 1200",
        "a dozen eggs, two dozen rolls | 12 24",
        "a dozen and six | 6 12",
        "twice as many; half of them; 1/2 | 0.5 0.5 2",
        "one of 1 | ",
        "two fifths of 35, a fifth | 2 5 35",
        "0 and 0.00 and zero | 0 0 0",
        "sixty and six and six | 6 6 60",
        "3 boxes of 4/0 | 3 4",
        "op12 to 3 | 3 12",
      })
  void readsNumbers(String text, String expected) {
    List<BigDecimal> numbers =
        expected == null
            ? List.of()
            : List.of(expected.split(" ")).stream().map(BigDecimal::new).toList();
    assertEquals(numbers, QuestionFingerprint.of(text).numbers());
  }

  @Test
  void comparesBeginningsOfWordsThatAreNoNumbers() {
    QuestionFingerprint a = QuestionFingerprint.of("Apples: seven. Tom sells");
    assertEquals(Set.of("appl", "tom", "sell"), a.stems());
    assertEquals(1, a.overlap(QuestionFingerprint.of("Tom, selling an apple of 9")));
    assertEquals(2.0 / 3, a.overlap(QuestionFingerprint.of("An apple of Tom is red")), 1e-12);
    assertEquals(0, a.overlap(QuestionFingerprint.of("7")));
    assertEquals(1, QuestionFingerprint.of("7").overlap(QuestionFingerprint.of("8")));
  }
}
