package io.lanpo.metrics;

import io.lanpo.api.component.LanpoName;
import io.lanpo.api.component.Setting;
import io.lanpo.api.metrics.MetricsSink;
import io.lanpo.api.metrics.RecordedEvaluation;
import io.lanpo.api.metrics.RecordedRun;
import io.lanpo.api.metrics.RecordedStep;
import io.lanpo.api.metrics.TextSample;
import io.lanpo.api.train.RunState;
import io.lanpo.libs.tensorboard.EventFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * The figures as a TensorBoard event file in the run's folder. A tag is a metric's name with its
 * first dot as a slash, {@code reward/scratch}. A run that goes on begins a new file with the steps
 * that it has kept. Its settings are hyperparameters, its samples texts.
 */
@Component(scope = ServiceScope.PROTOTYPE)
@LanpoName("tensorboard")
public final class TensorBoardSink implements MetricsSink {
  /** For the service registry. */
  @Activate
  public TensorBoardSink() {}

  @Override
  public Recording open(RecordedRun run) {
    try {
      EventFile file = EventFile.begin(run.folder(), System.currentTimeMillis(), run.step());
      file.addHyperparameters(run.started().toEpochMilli() / 1e3, run.settings());
      file.flush();
      return new Events(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Events implements Recording {
    private final EventFile file;

    /** The step of the newest text by tag. */
    private final Map<String, Integer> newest = new HashMap<>();

    Events(EventFile file) {
      this.file = file;
    }

    /** The file is new: it gets all steps. */
    @Override
    public int last() {
      return 0;
    }

    @Override
    public void step(RecordedStep step) {
      Map<String, Double> scalars = new LinkedHashMap<>();
      step.figures().forEach((name, value) -> scalars.put(name.replaceFirst("\\.", "/"), value));
      write(() -> file.add(step.at(), step.step(), scalars));
    }

    /** After the last step there may be two evaluations; a text of both is there once. */
    @Override
    public void evaluated(RecordedEvaluation evaluation) {
      int step = evaluation.step();
      for (TextSample sample : evaluation.samples()) {
        String tag = "evaluation/%s/%s".formatted(Setting.word(sample.mode()), sample.problem());
        if (!Integer.valueOf(step).equals(newest.put(tag, step))) {
          write(() -> file.addText(evaluation.at(), step, tag, markdown(sample)));
        }
      }
    }

    /** A run that was stopped is not over. */
    @Override
    public void ended(RunState state, int step, String message) {
      if (state != RunState.STOPPED) {
        write(() -> file.addEnd(System.currentTimeMillis() / 1e3, state == RunState.FINISHED));
      }
    }

    @Override
    public void close() {
      try {
        file.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private interface Write {
      void run() throws IOException;
    }

    private void write(Write what) {
      try {
        what.run();
        file.flush();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static String markdown(TextSample sample) {
      String reward =
          sample.reward().isPresent() ? String.valueOf(sample.reward().getAsDouble()) : "none";
      return "Reward: %s\n\nPrompt:\n\n%s\n\nCompletion:\n\n%s"
          .formatted(reward, verbatim(sample.prompt()), verbatim(sample.completion()));
    }

    /** Indented text is shown as it is, whatever marks are in it. */
    private static String verbatim(String text) {
      return text.indent(4).stripTrailing();
    }
  }
}
