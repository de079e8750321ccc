package io.lanpo.verifier.math;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanpo.api.reward.Verifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rewriting by an identity never changes the verdict; changing a digit always does. */
class MetamorphicTest {
  private static final int ROUNDS = 150;
  private final List<String> failures = new ArrayList<>();

  private void same(Verifier verifier, String key, String answer) {
    check(verifier, key, answer, true);
    check(verifier, answer, key, true);
  }

  private void different(Verifier verifier, String key, String answer) {
    check(verifier, key, answer, false);
    check(verifier, answer, key, false);
  }

  private void check(Verifier verifier, String key, String answer, boolean right) {
    var verdict = Verifiers.askBoxed(verifier, key, answer);
    if (Verifiers.isRight(verdict) != right) {
      failures.add(key + " / " + answer + ": " + verdict.explanation());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"lenient", "math", "gsm8k"})
  void fractions(String profile) {
    Verifier verifier = Verifiers.profile(profile);
    Random random = new Random(1);
    for (int i = 0; i < ROUNDS; i++) {
      int a = random.nextInt(1, 500);
      int b = random.nextInt(2, 500);
      int k = random.nextInt(2, 40);
      String key = "\\frac{%d}{%d}".formatted(a, b);
      same(verifier, key, "\\frac{%d}{%d}".formatted(a * k, b * k));
      same(verifier, key, "\\dfrac{%d}{%d}".formatted(-a, -b));
      same(verifier, key, a + "/" + b);
      same(verifier, key, "%d\\frac{%d}{%d}".formatted(a / b, a % b, b).replaceFirst("^0", ""));
      different(verifier, key, "\\frac{%d}{%d}".formatted(a + 1, b));
      different(verifier, key, "\\frac{%d}{%d}".formatted(a, b + 1));
      different(verifier, key, "-" + key);
      different(verifier, key, "\\frac{%d}{%d}".formatted(a * k + 1, b * k));
    }
    assertEquals(List.of(), failures);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lenient", "math", "strict"})
  void radicals(String profile) {
    Verifier verifier = Verifiers.profile(profile);
    Random random = new Random(2);
    for (int i = 0; i < ROUNDS; i++) {
      int a = random.nextInt(1, 60);
      int b = random.nextInt(2, 60);
      int c = random.nextInt(1, 60);
      String key = "%d+%d\\sqrt{%d}".formatted(c, a, b);
      same(verifier, key, "\\sqrt{%d}+%d".formatted(a * a * b, c));
      same(verifier, key, "%d+\\frac{%d}{\\sqrt{%d}}".formatted(c, a * b, b));
      same(verifier, key, "%d\\sqrt{%d}-(-%d)".formatted(a, b, c));
      different(verifier, key, "%d+%d\\sqrt{%d}".formatted(c, a, b + 1));
      different(verifier, key, "%d+%d\\sqrt{%d}".formatted(c, a + 1, b));
      different(verifier, key, "%d-%d\\sqrt{%d}".formatted(c, a, b));
      same(
          verifier,
          "\\frac{x}{\\sqrt{%d y}}".formatted(b),
          "\\frac{x\\sqrt{%d y}}{%d y}".formatted(b, b));
      different(
          verifier,
          "\\frac{x}{\\sqrt{%d y}}".formatted(b),
          "\\frac{y\\sqrt{%d x}}{%d x}".formatted(b, b));
    }
    assertEquals(List.of(), failures);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lenient", "math", "strict"})
  void setsAndTuples(String profile) {
    Verifier verifier = Verifiers.profile(profile);
    Random random = new Random(3);
    for (int i = 0; i < ROUNDS; i++) {
      List<Integer> numbers =
          random
              .ints(4, -99, 100)
              .distinct()
              .boxed()
              .collect(Collectors.toCollection(ArrayList::new));
      List<Integer> shuffled = new ArrayList<>(numbers);
      Collections.shuffle(shuffled, random);
      List<Integer> changed = new ArrayList<>(numbers);
      changed.set(0, numbers.get(0) + 1000);
      same(verifier, "\\{" + joined(numbers) + "\\}", "\\{" + joined(shuffled) + "\\}");
      different(verifier, "\\{" + joined(numbers) + "\\}", "\\{" + joined(changed) + "\\}");
      same(verifier, "(" + joined(numbers) + ")", "\\left( " + joined(numbers) + " \\right)");
      different(verifier, "(" + joined(numbers) + ")", "(" + joined(changed) + ")");
      if (!shuffled.equals(numbers)) {
        different(verifier, "(" + joined(numbers) + ")", "(" + joined(shuffled) + ")");
      }
    }
    assertEquals(List.of(), failures);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lenient", "math", "strict"})
  void intervals(String profile) {
    Verifier verifier = Verifiers.profile(profile);
    Random random = new Random(4);
    for (int i = 0; i < ROUNDS; i++) {
      int low = random.nextInt(-50, 50);
      int middle = low + random.nextInt(1, 40);
      int high = middle + random.nextInt(1, 40);
      String first = "[%d,%d)".formatted(low, middle);
      String second = "(%d,%d]".formatted(middle, high);
      same(verifier, first + "\\cup" + second, second + "\\cup " + first);
      same(verifier, first, "\\left[%d, \\frac{%d}{2}\\right)".formatted(low, 2 * middle));
      different(verifier, first, "(%d,%d]".formatted(low, middle));
      different(verifier, first, "[%d,%d]".formatted(low, middle));
      different(verifier, first + "\\cup" + second, "[%d,%d]".formatted(low, high));
      different(verifier, first, "[%d,%d)".formatted(low, middle + 1));
      different(verifier, first, "[%d,%d)".formatted(middle, low));
    }
    assertEquals(List.of(), failures);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lenient", "math", "strict"})
  void polynomials(String profile) {
    Verifier verifier = Verifiers.profile(profile);
    Random random = new Random(5);
    for (int i = 0; i < ROUNDS; i++) {
      int a = random.nextInt(1, 30);
      int b = random.nextInt(1, 30);
      String product = "(x+%d)(x-%d)".formatted(a, b);
      same(verifier, product, "x^2+%dx-%d".formatted(a, a * b) + "-" + b + "x");
      same(verifier, product, "(x-%d)(%d+x)".formatted(b, a));
      same(
          verifier,
          "\\frac{1}{%s}".formatted(product),
          "\\frac{x}{x^2(x-%d)+%dx(x-%d)}".formatted(b, a, b));
      different(verifier, product, "(x+%d)(x-%d)".formatted(a, b + 1));
      different(verifier, product, "(y+%d)(y-%d)".formatted(a, b));
      different(verifier, product, "(x-%d)(x+%d)".formatted(a + b + 1, b));
      same(verifier, "y=%dx+%d".formatted(a, b), "%dx-y=-%d".formatted(a, b));
      different(verifier, "y=%dx+%d".formatted(a, b), "%dx+y=-%d".formatted(a, b));
    }
    assertEquals(List.of(), failures);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lenient", "math", "strict", "gsm8k"})
  void aChangedDigitIsAnotherNumber(String profile) {
    Verifier verifier = Verifiers.profile(profile);
    Random random = new Random(6);
    for (int i = 0; i < ROUNDS; i++) {
      StringBuilder digits = new StringBuilder(Integer.toString(random.nextInt(1, 10)));
      int length = random.nextInt(1, 30);
      for (int k = 0; k < length; k++) {
        digits.append(random.nextInt(10));
      }
      String number = digits + "." + random.nextInt(10) + random.nextInt(1, 10);
      int at = random.nextInt(length);
      char other = (char) ('0' + (digits.charAt(at) - '0' + random.nextInt(1, 10)) % 10);
      String changed = number.substring(0, at) + other + number.substring(at + 1);
      same(verifier, number, number + "0");
      different(verifier, number, changed);
      different(verifier, digits.toString(), digits + "0");
    }
    assertEquals(List.of(), failures);
  }

  private static String joined(List<Integer> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
