package io.lanpo.shell.terminal;

import java.util.List;

/** A curve in one line of text. */
public final class Sparkline {
  private static final String LEVELS = "▁▂▃▄▅▆▇█";

  private Sparkline() {}

  /**
   * Draws values between their least and their greatest; where there are more of them than columns,
   * a column is the mean of its share.
   *
   * @param width columns; the text is padded to it
   */
  public static String of(List<Double> values, int width) {
    List<Double> finite = values.stream().filter(v -> Double.isFinite(v)).toList();
    double least = finite.stream().mapToDouble(v -> v).min().orElse(0);
    double greatest = finite.stream().mapToDouble(v -> v).max().orElse(0);
    int columns = Math.min(width, finite.size());
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < columns; i++) {
      int from = (int) ((long) i * finite.size() / columns);
      int to = (int) ((long) (i + 1) * finite.size() / columns);
      double mean = finite.subList(from, to).stream().mapToDouble(v -> v).average().orElse(0);
      double share = greatest > least ? (mean - least) / (greatest - least) : 0;
      line.append(LEVELS.charAt((int) Math.round(share * (LEVELS.length() - 1))));
    }
    return line + " ".repeat(width - columns);
  }
}
