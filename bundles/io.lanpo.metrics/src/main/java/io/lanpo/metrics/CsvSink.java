package io.lanpo.metrics;

import io.lanpo.api.component.LanpoName;
import io.lanpo.api.metrics.MetricsSink;
import io.lanpo.api.metrics.RecordedRun;
import io.lanpo.api.metrics.RecordedStep;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * The figures as {@code metrics.csv} in the run's folder, after RFC 4180: a row per step, with
 * {@code step}, {@code at} (seconds since 1970) and a column per metric; a step that lacks one has
 * an empty field. A run that goes on begins the file again with the steps that it has kept.
 */
@Component(scope = ServiceScope.PROTOTYPE)
@LanpoName("csv")
public final class CsvSink implements MetricsSink {
  /** For the service registry. */
  @Activate
  public CsvSink() {}

  @Override
  public Recording open(RecordedRun run) {
    try {
      return new Rows(CsvTable.begin(run.folder().resolve("metrics.csv")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Rows(CsvTable table) implements Recording {
    /** The file is new: it gets all steps. */
    @Override
    public int last() {
      return 0;
    }

    @Override
    public void step(RecordedStep step) {
      try {
        table.add(step);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      try {
        table.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
