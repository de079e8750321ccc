package io.lanpo.engine.health.rule;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoublePredicate;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Steps as their lines of metrics tell of them.
 *
 * @param first the first steps of the run, for comparison; none as long as they are among the last
 * @param last the last steps, which findings are about; at least one
 */
public record Steps(List<Map<?, ?>> first, List<Map<?, ?>> last) {
  /** What counts as nearly all. */
  static final double NEARLY_ALL = 0.9;

  public Steps {
    first = List.copyOf(first);
    last = List.copyOf(last);
  }

  /** Which steps they are, in words. */
  String words() {
    long from = Math.round(number(last.get(0), "step").orElse(0));
    long to = Math.round(number(last.get(last.size() - 1), "step").orElse(0));
    return from == to ? "step " + from : "steps %d to %d".formatted(from, to);
  }

  /** The sum of a figure; steps without it count as 0. */
  double sum(String name) {
    return values(last, name).sum();
  }

  /** The same as a whole number. */
  long count(String name) {
    return Math.round(sum(name));
  }

  /** The sum of a share times what it is a share of. */
  long count(String share, String of) {
    return Math.round(
        last.stream()
            .mapToDouble(line -> number(line, share).orElse(0) * number(line, of).orElse(0))
            .sum());
  }

  /** Whether every step has a figure, and it is so. */
  boolean all(String name, DoublePredicate so) {
    return last.stream()
        .allMatch(
            line -> {
              OptionalDouble value = number(line, name);
              return value.isPresent() && so.test(value.getAsDouble());
            });
  }

  /** The mean of a figure that every step has. */
  OptionalDouble mean(String name) {
    return all(name, value -> true) ? values(last, name).average() : OptionalDouble.empty();
  }

  /** The mean of a figure over the first steps that have it. */
  OptionalDouble meanAtFirst(String name) {
    return values(first, name).average();
  }

  /** The last step's figure. */
  OptionalDouble latest(String name) {
    return number(last.get(last.size() - 1), name);
  }

  /** Whether a step was taught by completions of the run, be it only one. */
  boolean taught() {
    return last.stream().anyMatch(Steps::taught);
  }

  /** The example that the last step which has one gives. */
  Optional<Excerpt> example() {
    return Stream.iterate(last.size() - 1, i -> i >= 0, i -> i - 1)
        .map(last::get)
        .flatMap(line -> Excerpt.of(line.get("example")).stream())
        .findFirst();
  }

  /**
   * Whether a step's updates had a loss over the completions that it sampled: any but the replay of
   * demonstrations.
   */
  public static boolean taught(Map<?, ?> line) {
    return number(line, "updates").orElse(0) > 0
        && line.keySet().stream()
            .map(String::valueOf)
            .anyMatch(name -> name.startsWith("loss.") && !name.equals("loss.replay"));
  }

  /** A figure of a line. */
  public static OptionalDouble number(Map<?, ?> line, String name) {
    return line.get(name) instanceof Number value
        ? OptionalDouble.of(value.doubleValue())
        : OptionalDouble.empty();
  }

  /** A number in three digits. */
  static String shown(double value) {
    return Double.isFinite(value)
        ? new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros().toPlainString()
        : Double.toString(value);
  }

  private static DoubleStream values(List<Map<?, ?>> lines, String name) {
    return lines.stream().flatMapToDouble(line -> number(line, name).stream());
  }
}
