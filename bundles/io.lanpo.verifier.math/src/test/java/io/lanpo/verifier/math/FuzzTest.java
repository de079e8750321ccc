package io.lanpo.verifier.math;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.reward.Verdict;
import io.lanpo.api.reward.Verifier;
import io.lanpo.verifier.math.CasesTest.Case;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Random answers and keys: whatever comes, a verdict comes, with bounded memory, and never that the
 * check broke. {@code -Dlanpo.fuzz=N} for another number of them in each test, {@code
 * -Dlanpo.fuzz.seed=S} for others; the profile {@code nightly} of the build sets both.
 */
class FuzzTest {
  private static final int FUZZED = Integer.getInteger("lanpo.fuzz", 2_000);
  private static final String[] PIECES =
      ("1 2 37 0 . , ; : + - * / ^ _ ( ) [ ] { } | ! % ' = < > <= >= \\{ \\} \\frac \\sqrt \\sin \\ln \\log"
              + " \\pi e i x y n \\infty \\cup \\cap \\setminus \\pm \\mp \\text{ \\text{cm} cm and or"
              + " \\begin{pmatrix} \\end{pmatrix} & \\\\ \\le \\in \\mathbb{R} ^\\circ \\binom \\overline"
              + " \\left \\right \\$ $ 10^{99} 9^9 \\lfloor \\rfloor U \\emptyset 1e9 \u200b \u00bd \u221a")
          .split(" ");

  private final Random random = new Random(Long.getLong("lanpo.fuzz.seed", 7));
  private final Verifier[] verifiers =
      Stream.of("lenient", "strict", "math", "gsm8k")
          .map(Verifiers::profile)
          .toArray(Verifier[]::new);

  private void judge(int number, String key, String response) {
    Verifier verifier = verifiers[number % verifiers.length];
    Verdict verdict =
        HostileTest.bounded(
            () -> Verifiers.ask(verifier, key.isBlank() ? "1" : key, response), response);
    assertTrue(
        !(verdict instanceof Verdict.Failed),
        () -> key + " / " + response + ": " + verdict.explanation());
  }

  /** Pieces of notation in random order. */
  @Test
  void piecesAlwaysGetAVerdict() {
    for (int i = 0; i < FUZZED; i++) {
      String answer = pieces();
      String key = i % 2 == 0 ? HostileTest.KEYS.get(i % HostileTest.KEYS.size()) : pieces();
      judge(i, key, "#### " + answer);
    }
  }

  private String pieces() {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(1, 25);
    for (int k = 0; k < length; k++) {
      text.append(PIECES[random.nextInt(PIECES.length)]).append(random.nextBoolean() ? " " : "");
    }
    return text.toString();
  }

  /** Answers of the table with characters lost, doubled, exchanged and put in, two run together. */
  @Test
  void damagedCasesAlwaysGetAVerdict() throws IOException {
    List<Case> cases = CasesTest.cases();
    for (int i = 0; i < FUZZED; i++) {
      Case one = cases.get(random.nextInt(cases.size()));
      Case other = cases.get(random.nextInt(cases.size()));
      String answer = damaged(one.answer(), other.answer());
      String key = i % 3 == 0 ? damaged(one.key(), other.key()) : one.key();
      judge(i, key, i % 2 == 0 ? "\\boxed{" + answer + "}" : "The answer is " + answer + ".");
    }
  }

  private String damaged(String text, String other) {
    StringBuilder damaged = new StringBuilder(text);
    int times = random.nextInt(1, 6);
    for (int i = 0; i < times; i++) {
      int at = random.nextInt(damaged.length() + 1);
      int end = Math.min(damaged.length(), at + random.nextInt(1, 5));
      switch (random.nextInt(5)) {
        case 0 -> damaged.delete(at, end);
        case 1 -> damaged.insert(at, damaged.substring(at, end).repeat(random.nextInt(1, 40)));
        case 2 -> damaged.insert(at, PIECES[random.nextInt(PIECES.length)]);
        case 3 -> damaged.insert(at, other);
        default -> damaged.insert(at, (char) random.nextInt(Character.MAX_VALUE));
      }
    }
    return damaged.toString();
  }
}
