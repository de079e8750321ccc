package io.lanpo.verifier.math.compare;

import io.lanpo.verifier.math.number.Rational;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Spellings of units, and how many of one make another. */
final class Units {
  private static final Map<String, String> SPELLINGS = spellings();

  /** What a unit is a multiple of, as {@code kind=amount}. */
  private static final Map<String, Map.Entry<String, Rational>> SIZES = sizes();

  private static final Set<String> NOISE =
      Set.of("of", "the", "a", "an", "total", "in", "all", "distinct", "different", "possible");

  private Units() {}

  private static Map<String, String> spellings() {
    Map<String, String> all = new HashMap<>();
    for (String line :
        """
        cm centimeter centimetre
        mm millimeter millimetre
        km kilometer kilometre
        m meter metre
        in inch inche
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
        mph
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
        in span 1
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

  /** One spelling: singular, abbreviated, squares and cubes as powers. */
  static String name(String written) {
    StringBuilder name = new StringBuilder();
    String power = "";
    for (String word : written.strip().replace(".", " ").split("\\s+|(?=[/^-])|(?<=[/^-])")) {
      String one = word.equals("per") ? "/" : singular(word);
      if (one.equals("sq") || one.equals("cu")) {
        power = one.equals("sq") ? "^2" : "^3";
      } else if (!one.isEmpty() && !NOISE.contains(one)) {
        boolean space =
            Character.isLetter(one.charAt(0))
                && name.length() > 0
                && Character.isLetter(name.charAt(name.length() - 1));
        name.append(space ? " " : "").append(one).append(power);
        power = "";
      }
    }
    return name.toString();
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

  /** Whether two units, in words, name the same: all the words of one stand in the other. */
  static boolean same(String a, String b) {
    Set<String> first = words(a);
    Set<String> second = words(b);
    return first.equals(second)
        || !SIZES.containsKey(name(a))
            && !SIZES.containsKey(name(b))
            && (first.containsAll(second) || second.containsAll(first))
            && !name(a).matches(".*[/^].*");
  }

  private static Set<String> words(String unit) {
    return new TreeSet<>(Arrays.asList(name(unit).split(" ")));
  }

  /** How many of the second unit one of the first is; 0 when they do not measure the same. */
  static Rational ratio(String from, String to) {
    Map.Entry<String, Rational> a = SIZES.get(name(from));
    Map.Entry<String, Rational> b = SIZES.get(name(to));
    return a == null || b == null || !a.getKey().equals(b.getKey())
        ? Rational.ZERO
        : a.getValue().times(b.getValue().inverse());
  }
}
