package io.lanpo.verifier.math.compare;

import io.lanpo.verifier.math.number.Rational;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spellings of units, and how many of one make another. */
final class Units {
  private static final Map<String, String> SPELLINGS = spellings();

  /** What a unit is a multiple of, as {@code kind=amount}. */
  private static final Map<String, Map.Entry<String, Rational>> SIZES = sizes();

  private static final Set<String> NOISE =
      Set.of("of", "the", "a", "an", "total", "all", "distinct", "different", "possible");

  /** Units of one letter that are not converted here: ampere, coulomb, farad, kelvin. */
  private static final String LETTERS = "ACFHJKNTVW";

  /** Units that are others together. */
  private static final Map<String, String> COMPOUNDS =
      Map.of("mph", "mi h^-1", "kph", "km h^-1", "kmh", "km h^-1");

  /** A word or the sign of a quotient, with the power behind it. */
  private static final Pattern PART =
      Pattern.compile("(/|[^\\s/^.*-]{1,40}+)(?:\\^(-?\\d{1,2})\\b)?");

  private Units() {}

  private static Map<String, String> spellings() {
    Map<String, String> all = new HashMap<>();
    for (String line :
        """
        cm centimeter centimetre
        mm millimeter millimetre
        km kilometer kilometre
        m meter metre
        inch in inche
        ft foot feet
        yd yard
        mi mile
        kg kilogram
        mg milligram
        g gram
        lb pound
        oz ounce
        s sec second
        min minute
        h hr hour
        day day
        l liter litre L
        ml milliliter millilitre mL
        dollar usd buck
        cent penny pennie ¢
        degree deg
        sq square
        cu cubic
        """
            .split("\n")) {
      String[] words = line.strip().split(" ");
      for (String word : words) {
        all.put(word, words[0]);
      }
    }
    return Map.copyOf(all);
  }

  private static Map<String, Map.Entry<String, Rational>> sizes() {
    Map<String, Map.Entry<String, Rational>> all = new HashMap<>();
    for (String line :
        """
        mm length 1
        cm length 10
        m length 1000
        km length 1000000
        inch span 1
        ft span 12
        yd span 36
        mi span 63360
        mg mass 1
        g mass 1000
        kg mass 1000000
        s time 1
        min time 60
        h time 3600
        day time 86400
        ml volume 1
        l volume 1000
        cent money 1
        dollar money 100
        """
            .split("\n")) {
      String[] words = line.strip().split(" ");
      all.put(words[0], Map.entry(words[1], Rational.of(Long.parseLong(words[2]))));
    }
    return Map.copyOf(all);
  }

  /** The words of a unit, each in one spelling and with its power: {@code cm^2}, {@code m/s}. */
  private static SortedMap<String, Integer> powers(String written) {
    SortedMap<String, Integer> powers = new TreeMap<>();
    int sign = 1;
    int next = 1;
    String last = "";
    Matcher part = PART.matcher(written);
    while (part.find()) {
      boolean atEnd = part.end() == written.length();
      String word = part.group(1).equals("in") && !atEnd ? "" : singular(part.group(1));
      String power = part.group(2);
      if (word.equals("/") || word.equals("per")) {
        sign = -1;
      } else if (word.equals("sq") || word.equals("cu")) {
        next = word.equals("sq") ? 2 : 3;
      } else if (word.equals("squared") || word.equals("cubed")) {
        powers.computeIfPresent(last, (w, old) -> word.equals("squared") ? 2 * old : 3 * old);
      } else if (!word.isEmpty() && !NOISE.contains(word)) {
        int exponent = sign * next * (power == null ? 1 : Integer.parseInt(power));
        for (String each : COMPOUNDS.getOrDefault(word, word).split(" ")) {
          String[] unit = each.split("\\^");
          int times = unit.length == 1 ? 1 : Integer.parseInt(unit[1]);
          powers.merge(unit[0], exponent * times, Integer::sum);
        }
        last = word;
        sign = 1;
        next = 1;
      }
    }
    if (next > 1) {
      powers.put(next == 2 ? "square" : "cube", 1);
    }
    return powers;
  }

  private static String singular(String word) {
    String known = SPELLINGS.get(word);
    if (known != null) {
      return known;
    }
    String lower = word.toLowerCase(Locale.ROOT);
    String one =
        lower.length() > 2 && lower.endsWith("s") && !lower.endsWith("ss")
            ? lower.substring(0, lower.length() - 1)
            : lower;
    return SPELLINGS.getOrDefault(lower, SPELLINGS.getOrDefault(one, one));
  }

  /** Whether what stands where a unit may stand is a letter that measures nothing: {@code x}. */
  static boolean isSymbol(String unit) {
    return unit.length() == 1
        && Character.isLetter(unit.charAt(0))
        && !SPELLINGS.containsKey(unit)
        && !LETTERS.contains(unit);
  }

  /** Whether two units name the same: for words that measure nothing, all of one in the other. */
  static boolean same(String a, String b) {
    SortedMap<String, Integer> first = powers(a);
    SortedMap<String, Integer> second = powers(b);
    return first.equals(second)
        || isPlain(first)
            && isPlain(second)
            && (first.keySet().containsAll(second.keySet())
                || second.keySet().containsAll(first.keySet()));
  }

  private static boolean isPlain(Map<String, Integer> unit) {
    return !unit.isEmpty()
        && unit.values().stream().allMatch(power -> power == 1)
        && !(unit.size() == 1 && SIZES.containsKey(unit.keySet().iterator().next()));
  }

  /** How many of the second unit one of the first is; 0 when they do not measure the same. */
  static Rational ratio(String from, String to) {
    Map<String, Integer> left = new HashMap<>();
    Map<String, Integer> right = new HashMap<>();
    Rational ratio = size(powers(from), left).times(size(powers(to), right).inverse());
    return left.equals(right) ? ratio : Rational.ZERO;
  }

  /**
   * How many of the smallest units of its kinds a unit is.
   *
   * @param kinds gets what it measures, with powers
   */
  private static Rational size(Map<String, Integer> unit, Map<String, Integer> kinds) {
    Rational size = Rational.ONE;
    for (Map.Entry<String, Integer> each : unit.entrySet()) {
      Map.Entry<String, Rational> known = SIZES.get(each.getKey());
      size = known == null ? size : size.times(known.getValue().power(each.getValue()));
      kinds.merge(known == null ? each.getKey() : known.getKey(), each.getValue(), Integer::sum);
    }
    kinds.values().removeIf(power -> power == 0);
    return size;
  }
}
