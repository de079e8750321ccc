package io.lanpo.api.train;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/** A service that measures its bundle's speed against the limits of the machine, in one run. */
@ConsumerType
public interface Benchmark {
  /** The settings of this benchmark. */
  List<Setting> settings();

  /**
   * Measures.
   *
   * @param settings values for {@link #settings()}
   * @param listener hears of progress
   * @return one row per figure, in order
   */
  List<Figure> run(Settings settings, RunListener listener);

  /**
   * A measured figure.
   *
   * @param name what was measured
   * @param value the median
   * @param unit its unit
   * @param details further values by name, e.g. {@code min}, {@code max}, {@code ceiling}
   */
  record Figure(String name, double value, String unit, Map<String, Double> details) {
    public Figure {
      details = Map.copyOf(details);
    }
  }
}
