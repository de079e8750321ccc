package io.lanpo.api.experiment;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * To which experiment a run belongs, and as what. A run has it as its {@code description}, by which
 * it is found again however the process that started it ended.
 *
 * @param experiment the experiment's name
 * @param variant the variant's name
 * @param seed the seed
 */
public record ExperimentLabel(String experiment, String variant, long seed) {
  private static final Pattern FORM =
      Pattern.compile("experiment (.+): (\\S+), seed (-?\\d{1,18})");

  /** The label in a run's description; empty for a run of no experiment. */
  public static Optional<ExperimentLabel> of(String description) {
    Matcher m = FORM.matcher(description);
    return m.matches()
        ? Optional.of(new ExperimentLabel(m.group(1), m.group(2), Long.parseLong(m.group(3))))
        : Optional.empty();
  }

  /** The description. */
  public String text() {
    return "experiment %s: %s, seed %d".formatted(experiment, variant, seed);
  }
}
