package io.lanpo.engine.config;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where the figures of a run go beside its folder.
 *
 * <p>The keys have no dot: a sink's options stand in a file of its own.
 *
 * @param sinks names of the sinks
 * @param samples held-out problems of which an evaluation's texts are handed on
 * @param limit how long a sink may take for a call
 */
public record MetricsSettings(List<String> sinks, int samples, Duration limit) {
  static final Setting<String> SINKS =
      Setting.text(
          ComponentKind.METRICS_SINKS.key(),
          ComponentKind.METRICS_SINKS.defaultName(),
          "names of the metrics sinks, with | between them; empty: none");

  static final Setting<Integer> SAMPLES =
      Setting.integer(
          "metrics-samples",
          3,
          0,
          1000,
          "problems",
          "held-out problems, always the same ones, of which an evaluation hands prompt, first"
              + " completion and reward to the metrics sinks");

  static final Setting<Integer> LIMIT =
      Setting.integer(
          "metrics-limit",
          60,
          1,
          3600,
          "s",
          "a metrics sink that takes longer for a call, or for what is left at the end of the run,"
              + " is set aside with a warning; the run goes on");

  static final List<Setting<?>> DECLARED = List.of(SINKS, SAMPLES, LIMIT);

  /** Their keys: they say nothing of what a policy answers. */
  public static final List<String> KEYS = DECLARED.stream().<String>map(Setting::key).toList();

  static MetricsSettings of(Settings settings) {
    return new MetricsSettings(
        names("run", settings.get(SINKS)),
        settings.get(SAMPLES),
        Duration.ofSeconds(settings.get(LIMIT)));
  }

  /**
   * The names in a list.
   *
   * @param origin where it was written, for messages
   * @throws UserException when one is there twice
   */
  public static List<String> names(String origin, String written) {
    List<String> names =
        Stream.of(written.split("\\|")).map(String::strip).filter(n -> !n.isEmpty()).toList();
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw new UserException(
            "%s: %s = %s has %s twice".formatted(origin, SINKS.key(), written, name),
            "Name each metrics sink once.");
      }
    }
    return names;
  }
}
