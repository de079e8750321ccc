package io.lanpo.verifier.math.parse;

import java.text.Normalizer;
import java.util.regex.Pattern;

/** One spelling for characters that have several, without those that mean nothing. */
final class Characters {
  /** A separator of thousands that can be nothing else. */
  private static final Pattern THOUSANDS =
      Pattern.compile(
          "(?<=\\d)(?:\\{,}|\\\\!,\\\\!|,\\\\!|\\\\!,|\\\\[,;: ]|['~])\\s{0,2}(?=\\d{3}(?!\\d))");

  /** {@code _7C_3}, the number of ways to choose 3 of 7. */
  private static final Pattern CHOOSE =
      Pattern.compile("^(?:\\{\\s?})?[_^]\\{?(\\d{1,3})}?\\s?C_\\{?(\\d{1,3})}?");

  /** The letter x as a sign before a power of ten: {@code 6.02 x 10^23}. */
  private static final Pattern TIMES = Pattern.compile("(?<=\\d) x (?=10\\^)");

  /** Braces around a system of equations that have no partner: {@code \left\{ … \right.} */
  private static final Pattern SYSTEM =
      Pattern.compile("\\\\left\\s?\\\\\\{(?=\\s*\\\\begin)(?=.*\\\\right\\.)", Pattern.DOTALL);

  /** The sign around a formula; an escaped one is an amount of money. */
  private static final Pattern DOLLAR = Pattern.compile("(?<!\\\\)\\$");

  private static final String RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ";
  private static final String LOWERED = "₀₁₂₃₄₅₆₇₈₉₊₋ₙ";
  private static final String PLAIN = "0123456789+-n";
  private static final String VULGAR = "½1/2⅓1/3⅔2/3¼1/4¾3/4⅕1/5⅛1/8⅜3/8⅝5/8⅞7/8⅙1/6⅚5/6";

  private Characters() {}

  static String plain(String raw) {
    StringBuilder out = new StringBuilder(raw.length());
    boolean plain = true;
    for (int i = 0; i < raw.length(); ) {
      int c = raw.codePointAt(i);
      if (RAISED.indexOf(c) >= 0 || LOWERED.indexOf(c) >= 0) {
        i = shifted(raw, i, out);
        continue;
      }
      i += Character.charCount(c);
      int vulgar = VULGAR.indexOf(c);
      if (c < 128) {
        out.append((char) c);
      } else if (vulgar >= 0) {
        out.append("\\frac").append(VULGAR.charAt(vulgar + 1)).append(VULGAR.charAt(vulgar + 3));
      } else if (Character.getType(c) == Character.FORMAT || isPicture(c)) {
        continue;
      } else if (Character.isDigit(c)) {
        out.append(Character.digit(c, 10));
      } else {
        plain = false;
        out.appendCodePoint(c);
      }
    }
    String text = plain ? out.toString() : Normalizer.normalize(out, Normalizer.Form.NFKC);
    text = text.contains("C_") ? CHOOSE.matcher(text).replaceAll("\\\\binom{$1}{$2}") : text;
    text = text.contains(" x 10") ? TIMES.matcher(text).replaceAll("\\\\times ") : text;
    text = DOLLAR.matcher(text.replace("**", "^")).replaceAll(" ");
    text = text.contains("right.") ? SYSTEM.matcher(text).replaceAll("") : text;
    return THOUSANDS.matcher(text).replaceAll("").strip();
  }

  /** A run of raised or of lowered signs, as an exponent or index; where it ends. */
  private static int shifted(String raw, int from, StringBuilder out) {
    String signs = RAISED.indexOf(raw.charAt(from)) >= 0 ? RAISED : LOWERED;
    out.append(signs.equals(RAISED) ? "^{" : "_{");
    int at = from;
    while (at < raw.length() && signs.indexOf(raw.charAt(at)) >= 0) {
      out.append(PLAIN.charAt(signs.indexOf(raw.charAt(at))));
      at++;
    }
    out.append('}');
    return at;
  }

  /** Emoji, check marks and the sign that asks to show one in colour. */
  private static boolean isPicture(int c) {
    return c >= 0x1F000 && c <= 0x1FAFF || c >= 0x2600 && c <= 0x27BF || c == 0x2B50 || c == 0xFE0F;
  }
}
