package io.lanpo.tasks.micro;

import io.lanpo.tasks.digits.Digits;
import io.lanpo.tasks.digits.Example;
import io.lanpo.tasks.digits.Language;
import io.lanpo.tasks.digits.Overwrite;
import io.lanpo.tasks.digits.Permutation;
import io.lanpo.tasks.digits.Prompts;
import io.lanpo.tasks.digits.ReviewGrammar;
import io.lanpo.tasks.digits.Rule;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The language of the micro-world, in which a rule is all that an operator means. */
final class MicroLanguage implements Language<Rule> {
  /** Of the attempts shown for review, this share has the right plan. */
  private static final double RIGHT_PLAN = 0.2;

  /** Of the attempts shown for review, this share has the right permutation with a random digit. */
  private static final double HALF_RIGHT_PLAN = 0.2;

  private static final Pattern SOLUTION =
      Pattern.compile("(\\w+) means (\\w+ then \\w+ \\d) \\. .*");

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

  /** {@code zim means right then last 8 . right 8 6 8 gives 8 8 6 answer 8 8 8} */
  @Override
  public String solution(String operator, Rule rule, Digits input) {
    return "%s means %s . %s %s gives %s answer %s"
        .formatted(
            operator,
            rule.text(),
            rule.permutation().word(),
            input.text(),
            rule.permutation().apply(input).text(),
            answer(rule, input));
  }

  @Override
  public boolean executed(String question, String solution) {
    Optional<Digits> input = Prompts.input(question);
    Matcher planned = SOLUTION.matcher(solution);
    if (input.isEmpty() || !planned.matches()) {
      return false;
    }
    return Rule.of(planned.group(2))
        .filter(rule -> solution.equals(solution(planned.group(1), rule, input.get())))
        .isPresent();
  }

  /** {@code principle : zim means right then last 8 .} */
  @Override
  public String principle(String operator, Rule rule) {
    return "principle : %s means %s .".formatted(operator, rule.text());
  }

  /** {@code pitfall : zim is not right then last 8 .} */
  @Override
  public String pitfall(String operator, Rule rule) {
    return "pitfall : %s is not %s .".formatted(operator, rule.text());
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
