package io.lanpo.tasks.repair;

import io.lanpo.tasks.digits.Digits;
import io.lanpo.tasks.digits.Example;
import io.lanpo.tasks.digits.Language;
import io.lanpo.tasks.digits.Permutation;
import io.lanpo.tasks.digits.ReviewGrammar;
import io.lanpo.tasks.digits.Rule;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The language of the world in which attempts matter. A review tests the permutation of the attempt
 * and, if it fails, the next one, which it takes whether it fits or not. So it repairs a
 * permutation that is right or nearly so, and never searches. It keeps the mark of the attempt,
 * which it cannot test. A principle tells the mark and not the rule.
 */
final class RepairLanguage implements Language<Meaning> {
  private static final int MOST_TESTS = 2;

  /** Of the attempts shown for review, this share has the right permutation. */
  private static final double RIGHT_PERMUTATION = 0.3;

  /** And this share the one before it, which a review repairs. */
  private static final double NEARLY_RIGHT = 0.3;

  @Override
  public Rule rule(Meaning meaning) {
    return meaning.rule();
  }

  /** {@code 8 8 9 red} */
  @Override
  public String answer(Meaning meaning, Digits input) {
    return meaning.rule().apply(input).text() + " " + meaning.mark().word();
  }

  @Override
  public Meaning any(RandomGenerator random) {
    return Meaning.any(random);
  }

  @Override
  public String text(Meaning meaning) {
    return meaning.text();
  }

  @Override
  public Optional<Meaning> read(String text) {
    return Meaning.of(text);
  }

  /** {@code principle : zim is red .} */
  @Override
  public String principle(String operator, Meaning meaning) {
    return "principle : %s is %s .".formatted(operator, meaning.mark().word());
  }

  @Override
  public boolean principlesTellAll() {
    return false;
  }

  @Override
  public Meaning taught(Meaning meaning, Meaning guess) {
    return new Meaning(guess.rule(), meaning.mark());
  }

  @Override
  public Meaning attempted(Meaning meaning, RandomGenerator random) {
    Meaning other = Meaning.any(random);
    double kind = random.nextDouble();
    Permutation permutation = meaning.rule().permutation();
    if (kind < RIGHT_PERMUTATION) {
      return new Meaning(new Rule(permutation, other.rule().overwrite()), other.mark());
    }
    return kind < RIGHT_PERMUTATION + NEARLY_RIGHT
        ? new Meaning(new Rule(permutation.previous(), other.rule().overwrite()), other.mark())
        : other;
  }

  @Override
  public Review<Meaning> review(Meaning attempted, Example example) {
    Review<Rule> found = ReviewGrammar.search(attempted.rule().permutation(), example, MOST_TESTS);
    return new Review<>(found.tests(), new Meaning(found.conclusion(), attempted.mark()));
  }

  @Override
  public String tests(Permutation first, Example example) {
    return ReviewGrammar.search(first, example, MOST_TESTS).tests();
  }
}
