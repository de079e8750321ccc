package io.lanpo.verifier.math.parse;

import static java.util.Map.entry;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The vocabulary: which command, letter or sign means what. */
final class Notation {
  /** Commands that only space, size or dress what they stand before. */
  static final Set<String> DECORATION =
      Set.of(
          ("left right big Big bigl bigr Bigl Bigr bigg Bigg biggl biggr displaystyle textstyle"
                  + " limits quad qquad thinspace mathbf boldsymbol bm mathit mathsf mathcal"
                  + " mathfrak vec hat widehat bar tilde boxed fbox bf it rm middle ensuremath"
                  + " , ; : ! > space nobreak / nolimits underline emph large Large LARGE huge Huge"
                  + " small normalsize mathop bold enspace notag nonumber mathnormal texttt therefore")
              .split(" "));

  /** Commands whose argument is running text. */
  static final Set<String> TEXT =
      Set.of(
          "text",
          "mbox",
          "textbf",
          "textit",
          "textnormal",
          "textrm",
          "textsf",
          "textsc",
          "mathrm",
          "operatorname");

  /** Of those, the ones in which a constant may be set upright. */
  static final Set<String> FONTS = Set.of("mathrm", "operatorname");

  static final Set<String> FRACTIONS =
      Set.of("frac", "dfrac", "tfrac", "cfrac", "sfrac", "nicefrac");

  static final Set<String> BINOMIALS = Set.of("binom", "dbinom", "tbinom");

  static final Set<String> UPRIGHT = Set.of("e", "i");

  /** Functions whose name is a unit, too. */
  static final Set<String> UNITS = Set.of("min", "max", "sec", "deg");

  /** Commands whose first argument is not shown. */
  static final Set<String> WITH_ARGUMENT =
      Set.of("color", "textcolor", "colorbox", "hspace", "vspace", "tag", "label");

  /** Environments that only set equations below each other. */
  static final Set<String> LINES =
      Set.of("aligned", "align", "align*", "gathered", "split", "eqnarray", "eqnarray*");

  /** Functions of one argument that may be written without brackets. */
  static final Set<String> FUNCTIONS =
      Set.of(
          ("sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh ln log lg exp max min gcd"
                  + " lcm det dim ker deg arg")
              .split(" "));

  private static final Map<String, String> FUNCTION_NAMES =
      Map.ofEntries(
          entry("asin", "arcsin"),
          entry("acos", "arccos"),
          entry("atan", "arctan"),
          entry("tg", "tan"),
          entry("ctg", "cot"),
          entry("cosec", "csc"),
          entry("sqrt", "sqrt"),
          entry("binom", "binom"),
          entry("binomial", "binom"),
          entry("abs", "abs"),
          entry("Abs", "abs"),
          entry("factorial", "factorial"),
          entry("floor", "floor"),
          entry("ceil", "ceil"),
          entry("ceiling", "ceil"));

  /** Commands with a meaning of their own. */
  static final Set<String> COMMANDS =
      Set.of(
          "frac",
          "sqrt",
          "binom",
          "begin",
          "end",
          "overline",
          "infty",
          "circ",
          "phantom",
          "sum",
          "prod");

  /** Operators whose meaning is not known here; an answer with them is compared as text. */
  static final Set<String> FOREIGN =
      Set.of(
          ("otimes oplus cong pmod bmod mod int iint oint lim partial nabla star ast"
                  + " bullet wedge vee neg forall exists bigcup bigcap coprod perp parallel subset"
                  + " subseteq supset supseteq propto sim simeq implies iff Rightarrow rightarrow"
                  + " mapsto to ll gg prec succ vdash models choose over cdots ldots dots")
              .split(" "));

  /** Short words that are no products of symbols. */
  private static final Set<String> WORDS =
      Set.of(
          ("cm mm km kg mg ml mL ft mi hr hrs mph kph lb lbs oz yd yes no or and odd men cats kmh"
                  + " none even true east west red blue day days hour inch foot feet mile pm am Yes"
                  + " No per the is of in an not one two six ten dollars cents sq cubic units unit usd USD may May pct mod")
              .split(" "));

  private static final Map<String, String> SIGNS = signs();
  private static final Map<String, String> NAMES = names();

  private Notation() {}

  private static Map<String, String> signs() {
    Map<String, String> signs = new HashMap<>();
    put(signs, "*", "cdot times · × ∗ ⋅ ∙");
    put(signs, "/", "div ÷ ∕ ⁄");
    put(signs, "-", "− – — ‐ ﹣");
    put(signs, "<=", "le leq leqslant ≤ ⩽");
    put(signs, ">=", "ge geq geqslant ≥ ⩾");
    put(signs, "<", "lt");
    put(signs, ">", "gt");
    put(signs, "!=", "ne neq ≠");
    put(signs, "≈", "approx ≈ ≃ ≅");
    put(signs, "=", "equiv ≡ coloneqq");
    put(signs, "∈", "in ∈");
    put(signs, "∪", "cup ∪");
    put(signs, "∩", "cap ∩");
    put(signs, "∖", "setminus backslash smallsetminus ∖");
    put(signs, "±", "pm ±");
    put(signs, "∓", "mp ∓");
    put(signs, "|", "mid vert lvert rvert ∣");
    put(signs, "⟨", "langle ⟨ 〈");
    put(signs, "⟩", "rangle ⟩ 〉");
    put(signs, "⌊", "lfloor ⌊");
    put(signs, "⌋", "rfloor ⌋");
    put(signs, "⌈", "lceil ⌈");
    put(signs, "⌉", "rceil ⌉");
    put(signs, "(", "lparen");
    put(signs, ")", "rparen");
    put(signs, "[", "lbrack");
    put(signs, "]", "rbrack");
    put(signs, "\\{", "lbrace");
    put(signs, "\\}", "rbrace");
    put(signs, ":", "colon ∶ :");
    put(signs, "'", "prime ′ ’");
    put(signs, "°", "degree °");
    put(signs, "%", "percent");
    return Map.copyOf(signs);
  }

  private static Map<String, String> names() {
    Map<String, String> names = new HashMap<>();
    for (String greek :
        ("alpha=α beta=β gamma=γ delta=δ epsilon=ε zeta=ζ eta=η theta=θ iota=ι kappa=κ lambda=λ"
                + " mu=μ nu=ν xi=ξ pi=π rho=ρ sigma=σ tau=τ phi=φ chi=χ psi=ψ omega=ω Gamma=Γ"
                + " Delta=Δ Theta=Θ Lambda=Λ Sigma=Σ Phi=Φ Psi=Ψ Omega=Ω infty=∞ emptyset=∅"
                + " varnothing=∅ emptyset=⌀ varepsilon=ϵ varphi=ϕ ℝ=ℝ ℤ=ℤ ℚ=ℚ ℂ=ℂ ℕ=ℕ")
            .split(" ")) {
      String[] pair = greek.split("=");
      names.put(pair[1], pair[0]);
      names.put(pair[0], pair[0]);
    }
    names.put("varepsilon", "epsilon");
    names.put("varphi", "phi");
    names.put("vartheta", "theta");
    names.put("ϵ", "epsilon");
    names.put("ϕ", "phi");
    names.put("varnothing", "emptyset");
    names.put("∅", "emptyset");
    names.put("⌀", "emptyset");
    names.put("infinity", "infty");
    names.put("inf", "infty");
    return Map.copyOf(names);
  }

  private static void put(Map<String, String> map, String value, String keys) {
    for (String key : keys.split(" ")) {
      map.put(key, value);
    }
  }

  /** Whether a run of two or three letters is a word, and no symbols side by side. */
  static boolean isShortWord(String letters) {
    return WORDS.contains(letters) || WORDS.contains(letters.toLowerCase(Locale.ROOT));
  }

  /** The sign that a command or character stands for; itself when it stands for nothing else. */
  static String sign(String written) {
    return SIGNS.getOrDefault(written, written);
  }

  static boolean isSign(String command) {
    return SIGNS.containsKey(command);
  }

  /** The name of a symbol that has several spellings. */
  static String name(String written) {
    return NAMES.getOrDefault(written, written);
  }

  static boolean isName(String written) {
    return NAMES.containsKey(written);
  }

  /** A function written with letters only; empty when the word is none. */
  static String function(String word) {
    return FUNCTIONS.contains(word) ? word : FUNCTION_NAMES.getOrDefault(word, "");
  }
}
