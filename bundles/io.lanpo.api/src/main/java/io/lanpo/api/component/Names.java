package io.lanpo.api.component;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;

/** Offers names that a user may have meant. */
public final class Names {
  private Names() {}

  /** Known names are listed up to this many; a folder may hold hundreds of runs. */
  private static final int LISTED = 12;

  /** A name this much farther away than the nearest one was hardly meant. */
  private static final int SLACK = 2;

  /**
   * The known names nearest to a mistyped one, best first; at most three, none that is too far
   * away. What was typed may be the beginning of a name, where no whole name is as near.
   *
   * @param name what was typed
   * @param known what exists
   */
  public static List<String> nearest(String name, Collection<String> known) {
    int reach = Math.max(1, name.length() / 3);
    int best = known.stream().mapToInt(k -> apart(name, k)).min().orElse(0);
    boolean whole = known.stream().anyMatch(k -> distance(name, k) == best);
    ToIntFunction<String> far = k -> whole ? distance(name, k) : apart(name, k);
    return known.stream()
        .filter(k -> far.applyAsInt(k) <= Math.min(reach, best + SLACK))
        .sorted(
            Comparator.comparingInt(far)
                .thenComparingInt(k -> distance(name, k))
                .thenComparing(k -> k))
        .limit(3)
        .toList();
  }

  /**
   * A sentence such as {@code Did you mean a or b?}, or the known names when none is near; of a
   * name with a full stop those that begin as it does, if there are any.
   */
  public static String suggestion(String name, Collection<String> all) {
    List<String> near = nearest(name, all);
    if (!near.isEmpty()) {
      return "Did you mean " + String.join(" or ", near) + "?";
    }
    if (all.isEmpty()) {
      return "There are none.";
    }
    String prefix = name.substring(0, name.indexOf('.') + 1);
    List<String> related = all.stream().filter(k -> k.startsWith(prefix)).toList();
    Collection<String> known = related.isEmpty() ? all : related;
    String listed = String.join(", ", known.stream().sorted().limit(LISTED).toList());
    return known.size() <= LISTED
        ? "Known: " + listed + "."
        : "Known: %s and %d more.".formatted(listed, known.size() - LISTED);
  }

  /** How far a name is from what was typed, or its beginning if that is nearly the same. */
  private static int apart(String typed, String name) {
    int whole = distance(typed, name);
    if (name.length() <= typed.length()) {
      return whole;
    }
    int beginning = distance(typed, name.substring(0, typed.length()));
    return beginning <= typed.length() / 4 ? Math.min(whole, beginning) : whole;
  }

  /**
   * How many characters have to be added, left out, replaced, or exchanged with the next one
   * (optimal string alignment).
   */
  private static int distance(String a, String b) {
    int[][] rows = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          rows[i][j] = i + j;
          continue;
        }
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int least = rows[i - 1][j - 1] + (same ? 0 : 1);
        least = Math.min(least, 1 + Math.min(rows[i][j - 1], rows[i - 1][j]));
        boolean exchanged =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        rows[i][j] = exchanged ? Math.min(least, 1 + rows[i - 2][j - 2]) : least;
      }
    }
    return rows[a.length()][b.length()];
  }
}
