package io.lanpo.engine.run.folder;

import io.lanpo.api.component.UserException;
import io.lanpo.engine.config.ConfigurationSource;
import io.lanpo.engine.run.evaluate.Evaluations;
import io.lanpo.engine.run.file.FileSum;
import io.lanpo.engine.run.file.Json;
import io.lanpo.engine.run.file.JsonLinesReader;
import io.lanpo.engine.run.file.ProcessMark;
import io.lanpo.engine.run.file.SealedJson;
import io.lanpo.engine.run.memory.MemoryNeed;
import io.lanpo.libs.files.AtomicFile;
import io.lanpo.libs.files.FileTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
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
 * rollouts.jsonl    a line per completion
 * dropped.jsonl     problems whose gold answer the verifier does not accept, if the run goes on
 *                   without them
 * lessons.jsonl     a line per lesson
 * checkpoint.json   the newest whole checkpoint: what each of its files held, and the logs by then
 * checkpoints/      policies, see {@link Checkpoints}; with staleness = 1 also next-step.json, and
 *                   the reference where it is renewed
 * reference/        the policy that a KL penalty goes by, where it is renewed
 * pool/             the run's own pool, unless it shares one
 * others            what the metrics sinks of the run keep there, such as events.out.* for TensorBoard
 * evaluations/      answers and scores of evaluations that were asked for, see {@link Evaluations}
 * result.json       the outcome, once there is one; result-….json that of an earlier end of a run
 *                   that goes on
 * notes.json        what people say about the run, see {@link NotesFile}; may be edited by hand
 * starting          the process that makes the folder; until run.json is there
 * </pre>
 *
 * The JSON documents say themselves whether they are as they were written, see {@link SealedJson}.
 *
 * @param path the folder
 */
public record RunFolder(Path path) {
  private static final Logger LOG = LoggerFactory.getLogger(RunFolder.class);

  /** A file that was being written in the place of another, see {@link AtomicFile}. */
  private static final String HALF = "\\.[a-z]+\\.json\\.[0-9a-f-]{36}";

  /** The settings of a run as they stand in its file. */
  public ConfigurationSource written(RunRecord record) {
    return new ConfigurationSource(path.resolve("run.json").toString(), record.settings());
  }

  Path metrics() {
    return path.resolve(LogNames.METRICS);
  }

  Path rollouts() {
    return path.resolve(LogNames.ROLLOUTS);
  }

  Path lessons() {
    return path.resolve(LogNames.LESSONS);
  }

  public Path droppedProblems() {
    return path.resolve("dropped.jsonl");
  }

  private Path stopFile() {
    return path.resolve("stop");
  }

  private Path startingFile() {
    return path.resolve("starting");
  }

  /** What people say about the run. */
  public NotesFile notes() {
    return new NotesFile(path.resolve("notes.json"));
  }

  private SealedJson<RunRecord> recordFile() {
    return new SealedJson<>(path.resolve("run.json"), RunRecord.class, RunRecord.OPTIONAL);
  }

  private SealedJson<Manifest> manifestFile() {
    return new SealedJson<>(path.resolve("manifest.json"), Manifest.class, Manifest.OPTIONAL);
  }

  private SealedJson<Scores> beforeFile() {
    return new SealedJson<>(path.resolve("before.json"), Scores.class);
  }

  private SealedJson<Scores.Result> resultFile() {
    return new SealedJson<>(path.resolve("result.json"), Scores.Result.class);
  }

  /**
   * The record of the run.
   *
   * @throws UserException when the folder is no run, or of a newer format
   */
  public RunRecord record() {
    if (recordFile().count("format") > RunRecord.FORMAT) {
      throw new UserException(
          "%s has format %d; this version reads formats up to %d"
              .formatted(path, recordFile().count("format"), RunRecord.FORMAT),
          "Use the newer version that wrote it.");
    }
    RunRecord record = recordFile().read(RunRecord::id);
    if (record == null) {
      throw new UserException(
          "%s is not a run folder: it has no run.json".formatted(path),
          "Name another run, or bring the file back from a copy.");
    }
    return record;
  }

  public void write(RunRecord record) {
    recordFile().write(record.id(), record);
  }

  /** Whether the run was ever begun. */
  public boolean begun() {
    return Files.exists(path.resolve("run.json"));
  }

  /**
   * Begins the run, or has it go on. The record comes last: a run that has one has a manifest.
   *
   * @param manifest what it is made with
   */
  public void begin(RunRecord record, Manifest manifest) {
    manifestFile().write(record.id(), manifest);
    write(record);
    try {
      Files.deleteIfExists(startingFile());
    } catch (IOException e) {
      throw Json.cannotWrite(startingFile(), e);
    }
  }

  /** What the list of problems holds that the run leaves out; null when there is none. */
  public @Nullable FileSum droppedSum() {
    try {
      return Files.exists(droppedProblems()) ? FileSum.of(droppedProblems()) : null;
    } catch (IOException e) {
      throw Json.cannotRead(droppedProblems(), e);
    }
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

  void markStarting(ProcessMark process) throws IOException {
    Files.writeString(startingFile(), process + "\n");
  }

  /** Whether a process is about to begin the run. */
  boolean starting() {
    return starter().isPresent();
  }

  /** The process that is about to begin the run, or was when it was killed. */
  Optional<ProcessMark> starter() {
    if (begun() || !Files.isRegularFile(startingFile())) {
      return Optional.empty();
    }
    try {
      return ProcessMark.parse(Files.readString(startingFile()));
    } catch (IOException e) { // it has begun meanwhile, or is another user's
      return Optional.empty();
    }
  }

  /** The checkpoints of a run that was begun. */
  public Checkpoints checkpoints() {
    return new Checkpoints(path, record().id());
  }

  /** The checkpoint that the run goes on from; null when there is none yet. */
  public @Nullable CheckpointRecord newestCheckpoint() {
    return begun() ? checkpoints().newest() : null;
  }

  /**
   * Sees that the run can go on, and from where.
   *
   * @param checkpoint the name of a checkpoint; empty for the newest
   * @throws UserException naming what is missing or not as it was written
   */
  public void prepareResume(String checkpoint) {
    RunRecord record = record();
    Manifest manifest = manifest();
    if (manifest == null) {
      throw new UserException(
          "run %s cannot go on: manifest.json is missing, which says what it was made with"
              .formatted(record.id()),
          "Bring it back from a copy, or start a new run: lanpo train " + record.configuration());
    }
    boolean older = recordFile().unsealed();
    if (older || manifestFile().unsealed()) {
      LOG.warn(
          "{} of run {} has no checksum: it was edited, or is of an older version; it is taken as it is",
          older ? "run.json" : "manifest.json",
          record.id());
    } else {
      requireDropped(record.id(), manifest.dropped());
    }
    new ResumePoint(checkpoints(), record, older).choose(checkpoint);
    removeHidden();
  }

  private void requireDropped(String id, @Nullable FileSum dropped) {
    Path file = droppedProblems();
    Optional<String> wrong =
        dropped != null
            ? dropped.difference(file, false)
            : Files.exists(file) ? Optional.of("is not a file of this run") : Optional.empty();
    if (wrong.isPresent()) {
      throw new UserException(
          "run %s cannot go on: %s, the list of problems that it leaves out, %s"
              .formatted(id, file.getFileName(), wrong.get()),
          dropped == null ? "Move the file away." : "Bring back the file as it was.");
    }
  }

  /** Removes what a kill left beside a file that was being replaced. */
  private void removeHidden() {
    try (Stream<Path> files = Files.list(path)) {
      for (Path file : files.filter(f -> f.getFileName().toString().matches(HALF)).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      LOG.warn("what a kill left in {} cannot be removed: {}", path, e.toString());
    }
  }

  public @Nullable Scores before() {
    return beforeFile().read(record().id());
  }

  public void writeBefore(Scores scores) {
    beforeFile().write(record().id(), scores);
  }

  public void writeResult(Scores.Result result) {
    resultFile().write(record().id(), result);
  }

  /**
   * Puts the outcome of a run that was finished and goes on aside.
   *
   * @param step the step that it ended with
   */
  public void keepResult(int step) {
    Path result = path.resolve("result.json");
    try {
      if (Files.exists(result)) {
        Files.move(result, earlierResult(step), StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw Json.cannotWrite(earlierResult(step), e);
    }
  }

  /** Whether the run had ended once with a step. */
  public boolean endedWith(int step) {
    return Files.exists(earlierResult(step));
  }

  private Path earlierResult(int step) {
    return path.resolve("result-%06d.json".formatted(step));
  }

  /**
   * Hands over the steps that {@code metrics.jsonl} tells of, in order.
   *
   * @param visitor gets what each line has
   */
  @SuppressWarnings("rawtypes") // a line is a map of whatever was measured
  public void forEachStep(Consumer<Map<?, ?>> visitor) {
    if (Files.exists(metrics())) {
      JsonLinesReader.forEach(metrics(), Map.class, (Map line) -> visitor.accept(line));
    }
  }

  /** What the run was made with; null when it is not there. */
  @Nullable Manifest manifest() {
    return begun() ? manifestFile().read(record().id()) : null;
  }

  /**
   * The cold start that a run with a checkpoint has begun from; empty for a run that is yet to
   * begin.
   */
  public Optional<String> coldStart() {
    Manifest manifest = manifest();
    return manifest == null || newestCheckpoint() == null
        ? Optional.empty()
        : Optional.of(manifest.coldStart());
  }

  /** Memory that was estimated when the run was begun or resumed, in bytes; 0 when it was not. */
  public long estimatedMemoryBytes() {
    Manifest manifest = manifest();
    MemoryNeed need = manifest == null ? null : manifest.memory();
    return need == null ? 0 : need.bytes();
  }

  /** What the run was made with, by kind, in words. */
  public Map<String, String> componentsInWords() {
    Manifest manifest = manifest();
    return manifest == null ? Map.of() : manifest.inWords();
  }

  /** See {@link Manifest#requireSame}. */
  public List<String> requireSameComponents(Map<String, Manifest.Component> now) {
    Manifest manifest = manifest();
    CheckpointRecord checkpoint = newestCheckpoint();
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

  /** The outcome; null when there is none. */
  Scores.@Nullable Result result() {
    return resultFile().read(record().id());
  }
}
