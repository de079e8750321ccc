package io.lanpo.api.component;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Offers names that a user may have meant. */
public final class Names {
  private Names() {}

  /**
   * The known names nearest to a mistyped one, best first; at most three, none that is too far
   * away.
   *
   * @param name what was typed
   * @param known what exists
   */
  public static List<String> nearest(String name, Collection<String> known) {
    int reach = Math.max(2, name.length() / 2);
    return known.stream()
        .filter(k -> k.startsWith(name) || distance(name, k) <= reach)
        .sorted(Comparator.<String>comparingInt(k -> distance(name, k)).thenComparing(k -> k))
        .limit(3)
        .toList();
  }

  /** A sentence such as {@code Did you mean a or b?}, or the known names when none is near. */
  public static String suggestion(String name, Collection<String> known) {
    List<String> near = nearest(name, known);
    if (!near.isEmpty()) {
      return "Did you mean " + String.join(" or ", near) + "?";
    }
    return known.isEmpty()
        ? "There are none."
        : "Known: " + String.join(", ", known.stream().sorted().toList()) + ".";
  }

  /** Levenshtein distance, two rows at a time. */
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(row[j - 1], previous[j]));
      }
      previous = row;
    }
    return previous[b.length()];
  }
}
