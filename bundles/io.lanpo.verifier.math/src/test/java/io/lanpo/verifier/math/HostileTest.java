package io.lanpo.verifier.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.lanpo.api.reward.Verdict;
import io.lanpo.api.reward.Verifier;
import io.lanpo.verifier.math.tree.Printer;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Answers that try to cost much, to break the reader or to look like what they are not. What a
 * verdict costs is measured in memory, which is the same on a busy machine; the time limit only
 * ends what would never end.
 */
@Timeout(120)
class HostileTest {
  private static final long MOST_BYTES = 200L << 20;
  static final List<String> KEYS =
      List.of("5", "x+1", "\\sqrt{2}+\\pi", "\\{1,2\\}", "(0,1]", "x=3", "9^{9^{9}}");

  static Stream<Arguments> answers() {
    return Stream.of(
        Arguments.of("9^9^9^9", "within the limits"),
        Arguments.of("10^{10^{10}}", "within the limits"),
        Arguments.of("9^{9^{9^{9}}}+1", "within the limits"),
        Arguments.of("e^{e^{e^{e}}}", "an exponential beyond"),
        Arguments.of("1000000000!", "a factorial beyond"),
        Arguments.of("5" + "!".repeat(3000), "within the limits"),
        Arguments.of("\\binom{1000000000}{500000000}", "a binomial beyond"),
        Arguments.of("1e999999999", "the power of ten is too large"),
        Arguments.of("(".repeat(100_000), "characters, more than"),
        Arguments.of("(".repeat(2_000) + "1" + ")".repeat(2_000), "nested deeper than"),
        Arguments.of("-".repeat(9_000) + "5", "more than"),
        Arguments.of("7".repeat(1_000_000), "characters, more than"),
        Arguments.of("\\sqrt{" + "7".repeat(5_000) + "}", ""),
        Arguments.of("\\sqrt".repeat(1_500) + "2", "nested deeper than"),
        Arguments.of("2" + "^2".repeat(1_500), "nested deeper than"),
        Arguments.of("\\ln ".repeat(1_500) + "2", "nested deeper than"),
        Arguments.of("(a+b+c+d+e+f+g+h)^{60}", ""),
        Arguments.of("(x+1)^{50}".repeat(100), ""),
        Arguments.of("\\sqrt{x+".repeat(30) + "1" + "}".repeat(30), ""),
        Arguments.of("1,".repeat(1_800) + "1", ""),
        Arguments.of("\\pm 1".repeat(500), "signs of plus or minus"),
        Arguments.of("\\sin(10^{100})", "an angle beyond"),
        Arguments.of("\\frac{1}{0}", "divides by zero"),
        Arguments.of("x" + "_{x".repeat(500) + "}".repeat(500), ""),
        Arguments.of("\ud800\udfff\udc00", ""),
        Arguments.of("\u0000", ""),
        Arguments.of("\u0445+1", "U+0445"));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void isBoundedAndSaysWhy(String answer, String why) {
    for (String key : KEYS) {
      Verdict verdict =
          bounded(() -> Verifiers.askBoxed(Verifiers.profile("lenient"), key, answer), answer);
      assertTrue(!Verifiers.isRight(verdict), () -> key + ": " + verdict.explanation());
      assertTrue(verdict.explanation().length() < 2_000, verdict.explanation());
      if (key.equals("5")) {
        assertInstanceOf(Verdict.Scored.class, verdict);
        assertTrue(verdict.explanation().contains(why), verdict.explanation());
      }
    }
  }

  /** What something gives, which must not take more memory than the limit. */
  static <T> T bounded(Supplier<T> work, String what) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    T result = work.get();
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated < MOST_BYTES, () -> Printer.cut(what) + ": " + allocated + " bytes");
    return result;
  }

  @Test
  void anUnclosedBoxHasNoAnswerButTheReason() {
    Verdict verdict = Verifiers.ask(Verifiers.profile("strict"), "5", "so it is \\boxed{5");
    assertEquals(0, assertInstanceOf(Verdict.Scored.class, verdict).reward());
    assertTrue(verdict.explanation().contains("not closed"), verdict.explanation());
  }

  @Test
  void aMillionUnclosedBoxesAreOnePass() {
    String response = "\\boxed{".repeat(150_000) + "the answer is ".repeat(50_000);
    Verdict verdict =
        bounded(() -> Verifiers.ask(Verifiers.profile("lenient"), "5", response), response);
    assertTrue(!Verifiers.isRight(verdict), verdict.explanation());
  }

  @Test
  void invisibleCharactersDoNotCountAndLookAlikesAreNamed() {
    Verifier verifier = Verifiers.profile("math");
    assertTrue(Verifiers.isRight(Verifiers.askBoxed(verifier, "x+1", "x\u200b+\u20601\ufeff")));
    Verdict cyrillic = Verifiers.askBoxed(verifier, "x+1", "\u0445+1");
    assertTrue(!Verifiers.isRight(cyrillic));
    assertTrue(cyrillic.explanation().contains("CYRILLIC"), cyrillic.explanation());
  }

  @Test
  void aKeyBeyondTheLimitsIsNoScore() {
    Verifier verifier = Verifiers.profile("math");
    assertTrue(Verifiers.isRight(Verifiers.askBoxed(verifier, "9^{9^{9^9}}", "9^{9^{9^{9}}}")));
    assertInstanceOf(
        Verdict.Abstained.class, Verifiers.askBoxed(verifier, "9^{9^{9^9}}", "9^{9^9}"));
  }
}
