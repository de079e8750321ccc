package io.lanpo.api.bench;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.train.RunListener;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.annotation.versioning.ConsumerType;

/** A service that measures how fast something is. */
@ConsumerType
public interface Benchmark {
  /** The key of the setting that asks for a first figure within seconds, a flag. */
  String QUICK = "quick";

  /**
   * The settings of this benchmark and of the component that it measures.
   *
   * @param given the values that the user has given by their keys, unchecked; they may name the
   *     component
   */
  List<Setting<?>> settings(Map<String, String> given);

  /**
   * Measures in small units. When the calling thread is interrupted, it ends after the unit in
   * progress and returns what was measured until then, with the thread's interrupt status set.
   *
   * @param settings values for {@link #settings}
   * @param listener hears what is measured, before and after each unit
   * @return one row per figure, in order
   */
  List<Figure> run(Settings settings, RunListener listener);

  /**
   * A measured figure.
   *
   * @param name what was measured
   * @param value the median
   * @param unit its unit
   * @param details further values by name, in that order, e.g. {@code min}, {@code max}
   */
  record Figure(String name, double value, String unit, Map<String, Double> details) {
    public Figure {
      details = Collections.unmodifiableMap(new TreeMap<>(details));
    }
  }
}
