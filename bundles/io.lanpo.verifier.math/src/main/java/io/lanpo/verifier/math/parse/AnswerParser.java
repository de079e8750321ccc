package io.lanpo.verifier.math.parse;

import io.lanpo.verifier.math.limit.Budget;
import io.lanpo.verifier.math.limit.Refusal;
import io.lanpo.verifier.math.number.Rational;
import io.lanpo.verifier.math.parse.Token.Kind;
import io.lanpo.verifier.math.tree.Expr;
import io.lanpo.verifier.math.tree.Expr.Clock;
import io.lanpo.verifier.math.tree.Expr.Group;
import io.lanpo.verifier.math.tree.Expr.InBase;
import io.lanpo.verifier.math.tree.Expr.Listed;
import io.lanpo.verifier.math.tree.Expr.Num;
import io.lanpo.verifier.math.tree.Expr.Percent;
import io.lanpo.verifier.math.tree.Expr.Power;
import io.lanpo.verifier.math.tree.Expr.Product;
import io.lanpo.verifier.math.tree.Expr.Quantity;
import io.lanpo.verifier.math.tree.Expr.Ratio;
import io.lanpo.verifier.math.tree.Expr.Relation;
import io.lanpo.verifier.math.tree.Expr.Residue;
import io.lanpo.verifier.math.tree.Expr.SetOf;
import io.lanpo.verifier.math.tree.Expr.SetOperation;
import io.lanpo.verifier.math.tree.Expr.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a whole answer: lists, relations, sets, ratios, times, units, and terms within them. */
public final class AnswerParser {
  private static final Set<String> RELATIONS = Set.of("=", "<", ">", "<=", ">=", "!=", "≈", "∈");
  private static final Set<String> LAST_SIGNS = Set.of(".", ",", ";", ":");

  private static final Map<String, Integer> SCALES =
      Map.of("hundred", 2, "thousand", 3, "million", 6, "billion", 9, "trillion", 12);

  private static final Pattern IN_BASE =
      Pattern.compile("(-?[0-9A-Z]{1,200})_(?:\\{ ?)?(\\d{1,2})(?: ?})?");
  private static final Pattern CLOCK =
      Pattern.compile("(\\d{1,2}):([0-5]\\d)(?::([0-5]\\d))?([ap]m|[AP]M)?");

  private static final Pattern PERCENT =
      Pattern.compile("(?:percent|per cent|pct)\\b", Pattern.CASE_INSENSITIVE);

  private final TokenStream in;
  private final TermParser terms;
  private String join = ",";

  private AnswerParser(List<Token> tokens) {
    this.in = new TokenStream(tokens);
    this.terms = new TermParser(in, this::item);
  }

  /**
   * The tree of an answer.
   *
   * @throws Refusal when it is no formula, or beyond what may be read
   */
  public static Expr parse(List<Token> tokens) {
    String packed = packed(tokens);
    Matcher inBase = IN_BASE.matcher(packed);
    if (inBase.matches() && hasDigit(inBase.group(1))) {
      return new InBase(inBase.group(1), inBase.group(2));
    }
    Matcher clock = CLOCK.matcher(packed);
    if (clock.matches()) {
      return clock(clock);
    }
    List<Token> meant = trimmed(tokens);
    if (meant.stream().allMatch(AnswerParser::isPlainWord) && !meant.isEmpty()) {
      return new Text(Lexer.spelling(meant));
    }
    return checked(new AnswerParser(turned(meant)).answer());
  }

  /** Everything behind goes down the tree by recursion, so its height is bounded here. */
  private static Expr checked(Expr tree) {
    List<Expr> level = List.of(tree);
    for (int height = 0; !level.isEmpty(); height++) {
      if (height > Budget.TALLEST) {
        throw new Refusal.BeyondLimits("nested deeper than " + Budget.TALLEST);
      }
      level = level.stream().flatMap(node -> node.children().stream()).toList();
    }
    return tree;
  }

  /** An interval with brackets turned outward, {@code ]1,2[}, in the usual notation. */
  private static List<Token> turned(List<Token> tokens) {
    int last = tokens.size() - 1;
    boolean interval =
        last > 2 && (tokens.get(last).is("[") || tokens.get(0).is("]") && tokens.get(last).is("]"));
    if (!interval || !(tokens.get(0).is("[") || tokens.get(0).is("]"))) {
      return tokens;
    }
    List<Token> turned = new ArrayList<>(tokens);
    if (turned.get(last).is("[")) {
      turned.set(last, new Token(Kind.SIGN, ")", false));
    }
    if (turned.get(0).is("]")) {
      turned.set(0, new Token(Kind.SIGN, "(", false));
    }
    return turned;
  }

  private static boolean isPlainWord(Token token) {
    return token.kind() == Kind.WORD && !token.isJoin();
  }

  /** The answer without the full stop behind it and without words that only introduce it. */
  private static List<Token> trimmed(List<Token> tokens) {
    int from = 0;
    int to = tokens.size();
    while (to > 0
        && tokens.get(to - 1).kind() == Kind.SIGN
        && LAST_SIGNS.contains(tokens.get(to - 1).text())) {
      to--;
    }
    if (to - from > 2 && tokens.get(from).isWord("answer") && tokens.get(from + 1).is(":")) {
      from += 2;
    }
    while (from < to
        && (tokens.get(from).is("≈")
            || tokens.get(from).is("=")
            || tokens.get(from).isCommand("implies")
            || tokens.get(from).isCommand("Rightarrow")
            || tokens.get(from).isCommand("sim")
            || tokens.get(from).isWord("approximately")
            || tokens.get(from).isWord("about"))) {
      from++;
    }
    return tokens.subList(from, to);
  }

  private static String packed(List<Token> tokens) {
    if (tokens.size() > 12) {
      return "";
    }
    StringBuilder out = new StringBuilder();
    tokens.forEach(t -> out.append(t.text()));
    return out.toString();
  }

  private static boolean hasDigit(String text) {
    return text.chars().anyMatch(Character::isDigit);
  }

  private static Clock clock(Matcher clock) {
    int hour = Integer.parseInt(clock.group(1));
    String second = clock.group(3);
    String half = clock.group(4);
    int seconds =
        hour * 3600
            + Integer.parseInt(clock.group(2)) * 60
            + (second == null ? 0 : Integer.parseInt(second));
    return new Clock(seconds, half == null ? "" : half.toLowerCase(Locale.ROOT));
  }

  private Expr answer() {
    String joined = ",";
    List<Expr> items = new ArrayList<>();
    items.add(item());
    while (separator()) {
      joined = join;
      items.add(item());
    }
    if (!in.atEnd()) {
      throw in.unreadable("cannot be read further");
    }
    return items.size() == 1 ? items.get(0) : new Listed(List.copyOf(items), joined);
  }

  /** Commas, and, or; several together count as one. */
  private boolean separator() {
    boolean any = false;
    join = ",";
    while (!in.atEnd()
        && (in.peek().isJoin() || in.peek().is(",") || in.peek().is(";") || in.peek().is("&"))) {
      Token token = in.take();
      join = token.isJoin() ? token.text().toLowerCase(Locale.ROOT) : join;
      any = true;
    }
    return any && !in.atEnd();
  }

  /** A relation or what stands on a side of one. */
  private Expr item() {
    List<Expr> sides = new ArrayList<>();
    List<String> signs = new ArrayList<>();
    sides.add(leftSide());
    while (isRelation() || isRounding()) {
      if (isRelation()) {
        signs.add(in.take().text());
        sides.add(side());
      } else {
        signs.add("≈");
        sides.add(rounding());
      }
    }
    return signs.isEmpty() ? sides.get(0) : new Relation(List.copyOf(sides), List.copyOf(signs));
  }

  private boolean isRelation() {
    return in.peek().kind() == Kind.SIGN && RELATIONS.contains(in.peek().text());
  }

  /** A left side; what is no term but stands before an equals sign is a name in words. */
  private Expr leftSide() {
    int mark = in.mark();
    try {
      Expr side = side();
      if (in.isItemEnd() || isRelation() || isRounding()) {
        return side;
      }
    } catch (Refusal.Unreadable e) {
      return nameFrom(mark).orElseThrow(() -> e);
    }
    Optional<Expr> name = nameFrom(mark);
    return name.isPresent() ? name.get() : side();
  }

  private Optional<Expr> nameFrom(int mark) {
    in.reset(mark);
    String name = in.textBefore("=");
    return name.isEmpty() ? Optional.empty() : Optional.of(new Text(name));
  }

  /** Whether a decimal in brackets, {@code (≈ 0.58)}, or behind a word says about what it is. */
  private boolean isRounding() {
    return in.isRounding() || in.peek().isWord("approximately");
  }

  private Expr rounding() {
    boolean bracket = in.take().is("(");
    if (bracket) {
      in.take();
    }
    Expr rounded = side();
    if (bracket) {
      in.need(")");
    }
    return rounded;
  }

  private Expr side() {
    Expr left = ratio();
    while (in.peek().is("∪") || in.peek().is("∩") || in.peek().is("∖") || isUnionLetter(left)) {
      String sign = in.take().text();
      left = new SetOperation(sign.equals("U") ? "∪" : sign, left, ratio());
    }
    return left;
  }

  /** The letter U between two intervals, as people type a union. */
  private boolean isUnionLetter(Expr left) {
    boolean before = left instanceof Group || left instanceof SetOf || left instanceof SetOperation;
    return before && in.peek().kind() == Kind.NAME && in.peek().text().equals("U");
  }

  private Expr ratio() {
    List<Expr> parts = new ArrayList<>();
    do {
      parts.add(quantity());
    } while (in.take(":") || isTo(parts));
    return parts.size() == 1 ? parts.get(0) : new Ratio(List.copyOf(parts));
  }

  /** {@code 11 to 21}; the word is taken. */
  private boolean isTo(List<Expr> parts) {
    boolean to =
        in.peek().isWord("to")
            && in.peek(1).kind() == Kind.NUMBER
            && parts.stream().allMatch(Num.class::isInstance);
    if (to) {
      in.take();
    }
    return to;
  }

  private Expr quantity() {
    Expr amount = scaled(plainMixed(terms.sum()));
    if (in.isModulus()) {
      return modulo(amount);
    }
    String words = Units.read(in);
    if (words.isEmpty()) {
      return amount;
    }
    if (PERCENT.matcher(words).lookingAt()) {
      return new Percent(amount);
    }
    String power = words.replace(".", "");
    if (amount instanceof Num && (power.equals("squared") || power.equals("cubed"))) {
      return new Power(amount, Num.of(power.equals("squared") ? 2 : 3));
    }
    if (amount instanceof Text text) {
      return new Text(text.words() + " " + words);
    }
    return amount instanceof Quantity money
        ? new Quantity(money.amount(), money.unit() + " " + words)
        : new Quantity(amount, words);
  }

  private Expr modulo(Expr amount) {
    boolean bracket = in.take("(");
    in.take();
    Expr modulus = terms.factor();
    if (bracket) {
      in.need(")");
    }
    return new Residue(amount, modulus);
  }

  /** {@code 5 million}. */
  private Expr scaled(Expr amount) {
    Expr scaled = amount;
    while (!(amount instanceof Text) && in.peek().kind() == Kind.WORD) {
      Integer zeros = SCALES.get(in.peek().text().toLowerCase(Locale.ROOT));
      if (zeros == null) {
        break;
      }
      in.take();
      Expr scale = new Num(Rational.of(10).power(zeros), -1);
      scaled =
          scaled instanceof Quantity money
              ? new Quantity(new Product(List.of(money.amount(), scale)), money.unit())
              : new Product(List.of(scaled, scale));
    }
    return scaled;
  }

  /** {@code 2 1/2}, written plainly, is two and a half. */
  private Expr plainMixed(Expr first) {
    Token token = in.peek();
    if (first instanceof Num whole
        && whole.value().isWhole()
        && token.kind() == Kind.NUMBER
        && token.spaced()
        && in.peek(1).is("/")
        && in.peek(2).kind() == Kind.NUMBER) {
      String above = in.take().text();
      in.take();
      String below = in.take().text();
      if (above.matches("\\d{1,9}") && below.matches("\\d{1,9}")) {
        Rational part =
            Rational.of(Long.parseLong(above)).times(Rational.of(Long.parseLong(below)).inverse());
        return new Num(whole.value().plus(part), -1);
      }
      throw in.unreadable("a mixed number does not end");
    }
    return first;
  }
}
