package io.lanpo.tasks.micro;

import io.lanpo.tasks.digits.Digits;
import io.lanpo.tasks.digits.Example;
import io.lanpo.tasks.digits.Language;
import io.lanpo.tasks.digits.Overwrite;
import io.lanpo.tasks.digits.Permutation;
import io.lanpo.tasks.digits.ReviewGrammar;
import io.lanpo.tasks.digits.Rule;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The language of the micro-world, in which a rule is all that an operator means. */
final class MicroLanguage implements Language<Rule> {
  /** Of the attempts shown for review, this share has the right plan. */
  private static final double RIGHT_PLAN = 0.2;

  /** Of the attempts shown for review, this share has the right permutation with a random digit. */
  private static final double HALF_RIGHT_PLAN = 0.2;

  @Override
  public Rule rule(Rule meaning) {
    return meaning;
  }

  @Override
  public String answer(Rule rule, Digits input) {
    return rule.apply(input).text();
  }

  @Override
  public Rule any(RandomGenerator random) {
    return Rule.any(random);
  }

  @Override
  public String text(Rule rule) {
    return rule.text();
  }

  @Override
  public Optional<Rule> read(String text) {
    return Rule.of(text);
  }

  /** {@code principle : zim means right then last 8 .} */
  @Override
  public String principle(String operator, Rule rule) {
    return "principle : %s means %s .".formatted(operator, rule.text());
  }

  @Override
  public boolean principlesTellAll() {
    return true;
  }

  @Override
  public Rule taught(Rule rule, Rule guess) {
    return rule;
  }

  @Override
  public Rule attempted(Rule rule, RandomGenerator random) {
    double kind = random.nextDouble();
    if (kind < RIGHT_PLAN) {
      return rule;
    }
    return kind < RIGHT_PLAN + HALF_RIGHT_PLAN
        ? new Rule(rule.permutation(), Overwrite.any(random))
        : Rule.any(random);
  }

  @Override
  public Review<Rule> review(Rule attempted, Example example) {
    return ReviewGrammar.search(attempted.permutation(), example, Permutation.values().length);
  }

  @Override
  public String tests(Permutation first, Example example) {
    return ReviewGrammar.search(first, example, Permutation.values().length).tests();
  }
}
