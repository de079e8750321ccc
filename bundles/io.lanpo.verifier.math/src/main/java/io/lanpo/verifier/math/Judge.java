package io.lanpo.verifier.math;

import io.lanpo.api.reward.Verdict;
import io.lanpo.libs.answer.AnswerFinder;
import io.lanpo.libs.answer.Found;
import io.lanpo.verifier.math.compare.Comparison;
import io.lanpo.verifier.math.compare.Conventions;
import io.lanpo.verifier.math.compare.Decision;
import io.lanpo.verifier.math.compare.Decision.Outcome;
import io.lanpo.verifier.math.compare.Words;
import io.lanpo.verifier.math.limit.Budget;
import io.lanpo.verifier.math.limit.Refusal;
import io.lanpo.verifier.math.parse.AnswerParser;
import io.lanpo.verifier.math.parse.Token;
import io.lanpo.verifier.math.parse.Token.Kind;
import io.lanpo.verifier.math.tree.Expr;
import io.lanpo.verifier.math.tree.Expr.Listed;
import io.lanpo.verifier.math.tree.Expr.Num;
import io.lanpo.verifier.math.tree.Expr.Quantity;
import io.lanpo.verifier.math.tree.Expr.SetOf;
import io.lanpo.verifier.math.tree.Printer;
import io.lanpo.verifier.math.value.Normaliser;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds, reads, compares and explains. Safe for use by several threads. */
final class Judge {
  /** Words that make another number of the only one among them, or deny it. */
  private static final Set<String> NOT_PROSE =
      Set.of(
          ("not no or and than least most none neither nor never without except undefined unknown"
                  + " minus negative plus times over divided multiplied squared cubed root half"
                  + " twice double triple exceeds divisible multiple factorial yes true false")
              .split(" "));

  /** What may stand around the letter of a choice. */
  private static final Pattern DRESS = Pattern.compile("\\\\[a-z]+|[(){}$.,*\\s]");

  private final Conventions conventions;
  private final AnswerFinder finder;

  Judge(Conventions conventions) {
    this.conventions = conventions;
    this.finder = new AnswerFinder(conventions.ways());
  }

  AnswerFinder finder() {
    return finder;
  }

  /**
   * A judgement.
   *
   * @param answer what of the response was read
   */
  private record Judgement(String answer, Reading wanted, Reading got, Decision decision) {}

  /** The verdict on a response to a problem with one key or several, each of which is right. */
  Verdict verdict(List<String> keys, String response) {
    Optional<Found> found = finder.find(response);
    if (found.isEmpty()) {
      return new Verdict.Scored(0, finder.nothingFound(response));
    }
    Judgement judgement = judge(keys.get(0), found.get());
    for (int i = 1; i < keys.size() && !judgement.decision.isEqual(); i++) {
      judgement = judge(keys.get(i), found.get());
    }
    String explanation =
        "the extracted '%s' %s is read as %s and %s as %s (%s)%s."
            .formatted(
                Printer.cut(judgement.answer),
                found.get().how(),
                judgement.got.show(),
                keys.size() == 1 ? "the key" : "one of %d keys".formatted(keys.size()),
                judgement.wanted.show(),
                judgement.decision.rule(),
                Lookalikes.note(judgement.answer));
    return switch (judgement.decision.outcome()) {
      case EQUAL -> new Verdict.Scored(1, "right: " + explanation);
      case UNEQUAL -> new Verdict.Scored(0, "wrong: " + explanation);
      case UNDECIDED ->
          isHard(judgement.wanted)
              ? new Verdict.Abstained("the key is beyond the limits: " + explanation)
              : new Verdict.Scored(0, "not shown to be right within the limits: " + explanation);
    };
  }

  /**
   * Judges the answer as it is written; where it is prose, the formula in it; where the key is a
   * list, what stands in all boxes.
   */
  private Judgement judge(String key, Found found) {
    Reading wanted = Reading.of(key, true);
    Judgement written = judge(key, wanted, found.text());
    if (!written.decision.isEqual() && !found.formula().equals(found.text())) {
      return judge(key, wanted, found.formula());
    }
    boolean list = wanted.tree() instanceof Listed || wanted.tree() instanceof SetOf;
    if (!written.decision.isEqual() && list && !found.all().equals(found.text())) {
      return judge(key, wanted, found.all());
    }
    return written;
  }

  private Judgement judge(String key, Reading wanted, String answer) {
    Reading got = Reading.of(answer, true);
    return new Judgement(answer, wanted, got, decide(key, answer, wanted, got));
  }

  /** The answer in a response: its normal form if it is a term, otherwise its spelling. */
  Optional<String> answer(String response) {
    return finder
        .find(response)
        .map(
            found -> {
              Reading reading = Reading.of(found.formula(), true);
              if (reading.tree() == null) {
                return reading.spelling();
              }
              try {
                return new Normaliser(new Budget()).of(reading.tree()).toString();
              } catch (Refusal e) {
                return reading.spelling();
              }
            });
  }

  /** Whether the key alone is too much: compared with itself in another spelling it would be. */
  private boolean isHard(Reading key) {
    if (key.refusal() instanceof Refusal.BeyondLimits) {
      return true;
    }
    try {
      return key.tree() != null
          && new Comparison(conventions).compare(key.tree(), Num.of(1)).outcome()
              == Outcome.UNDECIDED;
    } catch (Refusal e) {
      return e instanceof Refusal.BeyondLimits;
    }
  }

  private Decision decide(String key, String answer, Reading wanted, Reading got) {
    if (wanted.spelling().equals(got.spelling())) {
      return Decision.equal("the same text");
    }
    Optional<String> letter = Words.choice(key);
    if (conventions.notations() && letter.isPresent() && isLetterOnly(key, letter.get())) {
      Optional<String> chosen = Words.choice(answer);
      if (chosen.isPresent()) {
        return chosen.equals(letter)
            ? Decision.equal("the same choice")
            : Decision.unequal("different choices");
      }
    }
    Optional<String> chosen = Words.besideChoice(answer);
    if (conventions.notations() && chosen.isPresent() && letter.isEmpty()) {
      return decide(key, chosen.get(), wanted, Reading.of(chosen.get(), true))
          .by("the value of the choice");
    }
    if (wanted.tree() == null || got.tree() == null) {
      return unread(wanted, got);
    }
    Decision decision = compare(wanted.tree(), got.tree());
    if (!decision.isEqual() && wanted.tree() instanceof Listed != got.tree() instanceof Listed) {
      return asLists(key, answer, decision);
    }
    return decision;
  }

  private static boolean isLetterOnly(String key, String letter) {
    return DRESS.matcher(key).replaceAll("").equals(letter);
  }

  /** Where one side is a list, the commas of {@code 100,200} on the other separate items, too. */
  private Decision asLists(String key, String answer, Decision otherwise) {
    Reading wanted = Reading.of(key, false);
    Reading got = Reading.of(answer, false);
    if (wanted.tree() == null || got.tree() == null) {
      return otherwise;
    }
    Decision again = compare(wanted.tree(), got.tree());
    return again.isEqual() ? again.by("commas separate items") : otherwise;
  }

  private Decision unread(Reading wanted, Reading got) {
    Expr key = wanted.tree();
    if (got.refusal() instanceof Refusal.BeyondLimits limits) {
      return Decision.undecided(limits.why());
    }
    if (wanted.refusal() instanceof Refusal.BeyondLimits limits) {
      return Decision.undecided(limits.why());
    }
    if (conventions.prose() && (key instanceof Num || key instanceof Quantity)) {
      Optional<Expr> number = onlyNumber(got.tokens());
      if (number.isPresent()) {
        return compare(key, number.get()).by("the only number among words");
      }
    }
    boolean same =
        Words.plain(wanted.spelling(), conventions.anyCase())
                .equals(Words.plain(got.spelling(), conventions.anyCase()))
            && got.tokens().stream()
                .allMatch(t -> t.kind() == Kind.WORD || t.kind() == Kind.NUMBER || t.is("."));
    return same
        ? Decision.equal("the same words")
        : Decision.unequal("a text that is no formula, and not the same text");
  }

  /** The number of an answer that otherwise has only words. */
  private static Optional<Expr> onlyNumber(List<Token> tokens) {
    List<Token> numbers = tokens.stream().filter(t -> t.kind() == Kind.NUMBER).toList();
    boolean plain =
        tokens.stream()
            .allMatch(
                t ->
                    t.kind() == Kind.NUMBER
                        || t.kind() == Kind.WORD
                            && !NOT_PROSE.contains(t.text().toLowerCase(Locale.ROOT))
                        || t.is(".")
                        || t.is(","));
    try {
      return plain && numbers.size() == 1
          ? Optional.of(AnswerParser.parse(numbers))
          : Optional.empty();
    } catch (Refusal e) {
      return Optional.empty();
    }
  }

  private Decision compare(Expr key, Expr answer) {
    try {
      return new Comparison(conventions).compare(key, answer);
    } catch (Refusal.BeyondLimits e) {
      return Decision.undecided(e.why());
    } catch (Refusal e) {
      return Decision.unequal(e.why());
    }
  }
}
