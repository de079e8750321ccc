package io.lanpo.engine.run.folder;

import com.google.gson.JsonParseException;
import io.lanpo.api.train.StepFigures;
import io.lanpo.engine.run.file.Json;
import io.lanpo.libs.tensorboard.EventFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The metrics of a run as a TensorBoard event file in its folder. A run that is resumed begins a
 * new file with the steps that its {@code metrics.jsonl} has kept: steps that are taken again are
 * in it once. A tag is a metric's name with its first dot as a slash, {@code reward/scratch}.
 */
final class TensorBoardLog implements AutoCloseable {
  private final Path folder;
  private final EventFile file;

  private TensorBoardLog(Path folder, EventFile file) {
    this.folder = folder;
    this.file = file;
  }

  /**
   * Begins the file.
   *
   * @param metrics {@code metrics.jsonl} as it is to be gone on with; it may not be there
   */
  static TensorBoardLog open(Path folder, Path metrics) {
    try {
      TensorBoardLog events =
          new TensorBoardLog(folder, EventFile.begin(folder, System.currentTimeMillis()));
      if (Files.exists(metrics)) {
        String text = new String(Files.readAllBytes(metrics), StandardCharsets.UTF_8);
        for (String line : text.lines().toList()) {
          events.replay(line);
        }
      }
      events.file.flush();
      return events;
    } catch (IOException e) {
      throw Json.cannotWrite(folder, e);
    }
  }

  /** Writes a step down and hands it to the operating system. */
  void append(Map<String, Object> figures) {
    try {
      add(figures);
      file.flush();
    } catch (IOException e) {
      throw Json.cannotWrite(folder, e);
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw Json.cannotWrite(folder, e);
    }
  }

  private void replay(String line) throws IOException {
    try {
      Map<?, ?> figures = Json.ofLine(line, Map.class);
      if (figures != null) {
        add(figures);
      }
    } catch (JsonParseException e) {
      // a damaged line costs its step in the curves and no more
      return;
    }
  }

  private void add(Map<?, ?> figures) throws IOException {
    Map<String, Double> scalars = new LinkedHashMap<>();
    StepFigures.of(figures)
        .byName()
        .forEach((name, value) -> scalars.put(name.replaceFirst("\\.", "/"), value));
    Double step = scalars.remove("step");
    Double at = scalars.remove("timing/at");
    if (step != null) {
      file.add(at == null ? 0 : at, step.longValue(), scalars);
    }
  }
}
