package io.lanpo.engine.run.folder;

import io.lanpo.api.component.Secrets;
import io.lanpo.api.component.UserException;
import io.lanpo.api.train.RunState;
import io.lanpo.api.train.RunSummary;
import io.lanpo.engine.config.ConfigurationSource;
import io.lanpo.engine.rollout.PendingStep;
import io.lanpo.engine.run.evaluate.Evaluations;
import io.lanpo.engine.run.memory.MemoryNeed;
import io.lanpo.libs.files.FileTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of a run.
 *
 * <pre>
 * run.json          what the run is, its resolved configuration, where it stands
 * manifest.json     the bundle and version behind each component, the machine
 * before.json       held-out scores before the first step
 * metrics.jsonl     a line per step
 * events.out.*      the same for TensorBoard
 * rollouts.jsonl    a line per completion
 * dropped.jsonl     problems whose gold answer the verifier does not accept, if the run goes on
 *                   without them
 * lessons.jsonl     a line per lesson
 * checkpoint.json   points to the newest whole checkpoint
 * checkpoints/      policies; with staleness = 1 also next-step.json, see {@link PendingStep}
 * pool/             the run's own pool, unless it shares one
 * evaluations/      answers and scores of evaluations that were asked for, see {@link Evaluations}
 * result.json       the outcome, once there is one
 * </pre>
 *
 * @param path the folder
 */
public record RunFolder(Path path) {
  private static final Logger LOG = LoggerFactory.getLogger(RunFolder.class);

  /** The settings of a run as they stand in its file. */
  public ConfigurationSource written(RunRecord record) {
    return new ConfigurationSource(path.resolve("run.json").toString(), record.settings());
  }

  Path metrics() {
    return path.resolve("metrics.jsonl");
  }

  Path rollouts() {
    return path.resolve("rollouts.jsonl");
  }

  Path lessons() {
    return path.resolve("lessons.jsonl");
  }

  public Path manifestFile() {
    return path.resolve("manifest.json");
  }

  public Path droppedProblems() {
    return path.resolve("dropped.jsonl");
  }

  public Path checkpoint(String folder) {
    return path.resolve("checkpoints").resolve(folder);
  }

  private Path stopFile() {
    return path.resolve("stop");
  }

  /**
   * The record of the run.
   *
   * @throws UserException when the folder is no run, or of a newer format
   */
  public RunRecord record() {
    RunRecord record = Json.read(path.resolve("run.json"), RunRecord.class);
    if (record == null || record.settings() == null || record.state() == null) {
      throw new UserException(
          "%s is not a run folder: it has no whole run.json".formatted(path),
          "Name another run, or delete the folder.");
    }
    if (record.format() > RunRecord.FORMAT) {
      throw new UserException(
          "%s has format %d; this version reads formats up to %d"
              .formatted(path, record.format(), RunRecord.FORMAT),
          "Use the newer version that wrote it.");
    }
    return record;
  }

  public void write(RunRecord record) {
    Json.write(path.resolve("run.json"), record);
  }

  /** Whether the run was ever begun. */
  public boolean begun() {
    return Files.exists(path.resolve("run.json"));
  }

  /** Removes what a run that was refused before it began has left, such as an empty pool. */
  public void removeUnbegun() {
    if (Files.exists(path) && !begun()) {
      try {
        FileTree.delete(path);
      } catch (IOException e) {
        LOG.warn("{} cannot be removed: {}", path, e.toString());
      }
    }
  }

  public @Nullable CheckpointRecord checkpointRecord() {
    return Json.read(path.resolve("checkpoint.json"), CheckpointRecord.class);
  }

  /** Names of the checkpoints that are there, the oldest first. */
  public List<String> checkpoints() {
    Path folder = path.resolve("checkpoints");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(folder)) {
      return folders
          .map(f -> f.getFileName().toString())
          .filter(name -> name.matches("step-\\d{6,9}"))
          .sorted(Comparator.comparingInt(name -> Integer.parseInt(name.substring(5))))
          .toList();
    } catch (IOException e) {
      throw Json.cannotRead(folder, e);
    }
  }

  /**
   * Makes a checkpoint count, then removes older ones and what a kill left of one.
   *
   * @param keep how many are kept
   */
  public void commit(CheckpointRecord checkpoint, int keep) {
    Json.write(path.resolve("checkpoint.json"), checkpoint);
    List<String> there = checkpoints();
    List<String> kept = there.subList(Math.max(0, there.size() - keep), there.size());
    try (Stream<Path> folders = Files.list(path.resolve("checkpoints"))) {
      for (Path old : folders.filter(f -> !kept.contains(f.getFileName().toString())).toList()) {
        FileTree.delete(old);
      }
    } catch (IOException e) {
      throw Json.cannotWrite(path, e);
    }
  }

  private Path pendingStepFile(String checkpoint) {
    return checkpoint(checkpoint).resolve("next-step.json");
  }

  /** Keeps a step that is collected with the checkpoint of the step before. */
  public void writePendingStep(String checkpoint, PendingStep pending) {
    Json.writeLine(pendingStepFile(checkpoint), pending);
  }

  /** The step that was collected when a checkpoint was made. */
  public PendingStep pendingStep(String checkpoint) {
    Path file = pendingStepFile(checkpoint);
    PendingStep pending = Json.read(file, PendingStep.class);
    if (pending == null) {
      throw new UserException(
          "%s is missing: the completions that step %s left to be learned from"
              .formatted(file, checkpoint.replace("step-", "")),
          "Bring the file back; a run with staleness = 1 cannot go on from there without it.");
    }
    return pending;
  }

  public @Nullable Scores before() {
    return Json.read(path.resolve("before.json"), Scores.class);
  }

  public void writeBefore(Scores scores) {
    Json.write(path.resolve("before.json"), scores);
  }

  public void writeResult(Scores.Result result) {
    Json.write(path.resolve("result.json"), result);
  }

  /**
   * The cold start that a run with a checkpoint has begun from; empty for a run that is yet to
   * begin.
   */
  public Optional<String> coldStart() {
    Manifest manifest = Json.read(manifestFile(), Manifest.class);
    return manifest == null || checkpointRecord() == null
        ? Optional.empty()
        : Optional.ofNullable(manifest.coldStart());
  }

  /** Memory that was estimated when the run was begun or resumed, in bytes; 0 when it was not. */
  public long estimatedMemoryBytes() {
    Manifest manifest = Json.read(manifestFile(), Manifest.class);
    MemoryNeed need = manifest == null ? null : manifest.memory();
    return need == null ? 0 : need.bytes();
  }

  /** See {@link Manifest#requireSame}; a run that has no manifest began with nothing. */
  public List<String> requireSameComponents(Map<String, Manifest.Component> now) {
    Manifest manifest = Json.read(manifestFile(), Manifest.class);
    CheckpointRecord checkpoint = checkpointRecord();
    int step = checkpoint == null ? 0 : checkpoint.step();
    return manifest == null
        ? List.of()
        : manifest.requireSame(path.getFileName().toString(), step, now);
  }

  public void askToStop() {
    try {
      Files.writeString(stopFile(), "stop\n");
    } catch (IOException e) {
      throw Json.cannotWrite(stopFile(), e);
    }
  }

  public boolean askedToStop() {
    return Files.exists(stopFile());
  }

  public void forgetStop() {
    try {
      Files.deleteIfExists(stopFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The run as it is listed.
   *
   * @param active ids of the runs that this process works on
   */
  public RunSummary summary(Set<String> active) {
    RunRecord record = record();
    RunState state = record.currentState(active);
    Manifest manifest = Json.read(manifestFile(), Manifest.class);
    Scores.Result result =
        state == RunState.FINISHED
            ? Json.read(path.resolve("result.json"), Scores.Result.class)
            : null;
    String message =
        state == RunState.INTERRUPTED
            ? "process %d ended without finishing it".formatted(record.pid())
            : record.message();
    return new RunSummary(
        record.id(),
        record.configuration(),
        state,
        record.step(),
        record.steps(),
        Instant.parse(record.started()),
        path,
        Secrets.shown(message),
        Secrets.shown(record.settings()),
        manifest == null ? Map.of() : manifest.inWords(),
        result == null ? null : result.toResult());
  }
}
