package io.lanpo.engine.run.folder;

import io.lanpo.api.component.UserException;
import io.lanpo.engine.rollout.PendingStep;
import io.lanpo.engine.run.file.FileSum;
import io.lanpo.engine.run.file.Json;
import io.lanpo.engine.run.file.SealedJson;
import io.lanpo.libs.files.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoints of a run. {@code checkpoints/step-…/checkpoint.json} is written last: what each
 * file of that checkpoint held, what the logs of the run held by then, where the counters stood.
 * {@code checkpoint.json} in the run's folder is a copy of the newest one.
 *
 * @param run the run's folder
 * @param id the run's id
 */
public record Checkpoints(Path run, String id) {
  private static final String RECORD = "checkpoint.json";
  private static final String FOLDER = "checkpoints";
  private static final String BEFORE = "before.json";
  private static final String PENDING = "next-step.json";
  private static final String NAME = "step-\\d{6,9}";

  /** The folder of a checkpoint. */
  public Path folder(String name) {
    return run.resolve(FOLDER).resolve(name);
  }

  /** Makes the folder of a checkpoint without the policy, of a run that does not change it. */
  public void make(CheckpointRecord checkpoint) {
    try {
      FileTree.delete(folder(checkpoint.folder()));
      Files.createDirectories(folder(checkpoint.folder()));
    } catch (IOException e) {
      throw Json.cannotWrite(run, e);
    }
  }

  private SealedJson<CheckpointRecord> file(Path folder) {
    return new SealedJson<>(folder.resolve(RECORD), CheckpointRecord.class, CheckpointRecord.LATER);
  }

  /**
   * The checkpoint that the run goes on from.
   *
   * @return null when there is none yet
   * @throws UserException when {@code checkpoint.json} is not as it was written
   */
  public @Nullable CheckpointRecord newest() {
    return file(run).read(id);
  }

  /**
   * A checkpoint by its name.
   *
   * @return null when it is not whole, or of a version that kept the record of the newest one only
   * @throws UserException when its record is not as it was written
   */
  @Nullable CheckpointRecord record(String name) {
    CheckpointRecord own = file(folder(name)).read(id);
    if (own != null && !own.folder().equals(name)) {
      throw Json.damaged(
          folder(name).resolve(RECORD), "it is that of %s".formatted(own.folder()), null);
    }
    return own;
  }

  /** Names of the checkpoints that are there, the oldest first. */
  public List<String> names() {
    Path folder = run.resolve(FOLDER);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(folder)) {
      return folders
          .map(f -> f.getFileName().toString())
          .filter(name -> name.matches(NAME))
          .sorted(Comparator.comparingInt(Checkpoints::step))
          .toList();
    } catch (IOException e) {
      throw Json.cannotRead(folder, e);
    }
  }

  private static int step(String name) {
    return Integer.parseInt(name.substring("step-".length()));
  }

  /**
   * Makes a checkpoint count, of which the policy's files and the pending step are written; then
   * removes older ones, what a kill left of one, and those after it, which the logs no longer fit.
   *
   * @param checkpoint with what the logs hold
   * @param keep how many are kept
   * @param best the step whose checkpoint is kept, too
   */
  public void commit(CheckpointRecord checkpoint, int keep, int best) {
    point(checkpoint.with(sums(checkpoint.folder())));
    List<String> upTo = names().stream().filter(n -> step(n) <= checkpoint.step()).toList();
    Set<String> kept = new HashSet<>(upTo.subList(Math.max(0, upTo.size() - keep), upTo.size()));
    kept.add(CheckpointRecord.name(best));
    try (Stream<Path> folders = Files.list(run.resolve(FOLDER))) {
      for (Path old : folders.filter(f -> !kept.contains(f.getFileName().toString())).toList()) {
        FileTree.delete(old);
      }
    } catch (IOException e) {
      throw Json.cannotWrite(run, e);
    }
  }

  /** Has the run go on from a checkpoint. */
  void point(CheckpointRecord checkpoint) {
    file(folder(checkpoint.folder())).write(id, checkpoint);
    file(run).write(id, checkpoint);
  }

  /** What the files of a checkpoint hold, and those of the run that stay as they are. */
  Map<String, FileSum> sums(String name) {
    Map<String, FileSum> sums = new TreeMap<>();
    Path folder = folder(name);
    try {
      for (Path file : files(folder)) {
        sums.put(place(file), FileSum.of(file));
      }
      if (Files.exists(run.resolve(BEFORE))) {
        sums.put(BEFORE, FileSum.of(run.resolve(BEFORE)));
      }
    } catch (IOException e) {
      throw Json.cannotRead(folder, e);
    }
    return sums;
  }

  private String place(Path file) {
    return run.relativize(file).toString();
  }

  /** What a policy may read: neither the record nor what systems and people leave hidden. */
  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> !Files.isDirectory(file))
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .filter(file -> !file.equals(folder.resolve(RECORD)))
          .sorted()
          .toList();
    }
  }

  /**
   * What is wrong with a checkpoint, a sentence for each file: it, or what it says of the run.
   *
   * @return empty when the run can go on from it
   */
  List<String> differences(CheckpointRecord checkpoint) {
    Map<String, FileSum> all = new TreeMap<>(checkpoint.files());
    // what also a checkpoint without a list says
    all.putIfAbsent(LogNames.METRICS, new FileSum(checkpoint.metricsBytes(), ""));
    all.putIfAbsent(LogNames.ROLLOUTS, new FileSum(checkpoint.rolloutsBytes(), ""));
    all.putIfAbsent(LogNames.LESSONS, new FileSum(checkpoint.lessonsBytes(), ""));
    List<String> wrong = new ArrayList<>(differences(all));
    if (!all.containsKey(BEFORE) && !Files.isRegularFile(run.resolve(BEFORE))) {
      wrong.add(BEFORE + " is missing");
    }
    wrong.addAll(unlisted(checkpoint));
    return wrong;
  }

  /**
   * The folder of a checkpoint's policy.
   *
   * @param wanted its name; empty for the newest
   * @throws UserException when there is none, or one of its files is not what was written
   */
  public Path policy(String wanted) {
    CheckpointRecord newest = newest();
    if (newest == null) {
      throw new UserException(
          "run %s has no checkpoint yet".formatted(id),
          "Let it reach its first checkpoint, or resume it.");
    }
    String name = wanted.isEmpty() ? newest.folder() : wanted;
    if (!name.equals(newest.folder()) && !names().contains(name)) {
      throw new UserException(
          "run %s has no checkpoint %s; it has initial, %s"
              .formatted(id, name, String.join(", ", names())),
          "Name one of them; runs keep as many as checkpoint.keep says.");
    }
    CheckpointRecord record = name.equals(newest.folder()) ? newest : record(name);
    List<String> wrong = record == null ? List.of() : policyDifferences(record);
    if (!wrong.isEmpty()) {
      throw new UserException(
          "checkpoint %s of run %s is not as it was written: %s"
              .formatted(name, id, String.join("; ", wrong)),
          "Bring back what is missing from a copy, or name another one: %s"
              .formatted(String.join(", ", names())));
    }
    return folder(name);
  }

  /** What is wrong with the files of a policy. */
  private List<String> policyDifferences(CheckpointRecord checkpoint) {
    Map<String, FileSum> own = new TreeMap<>(checkpoint.files());
    own.keySet().removeIf(place -> !place.startsWith(FOLDER + "/"));
    List<String> wrong = new ArrayList<>(differences(own));
    wrong.addAll(unlisted(checkpoint));
    return wrong;
  }

  /**
   * What is wrong with the logs, a sentence for each, as far as the newest checkpoint has seen
   * them.
   */
  List<String> logDifferences() {
    try {
      CheckpointRecord newest = newest();
      if (newest == null) {
        return List.of();
      }
      Map<String, FileSum> logs = new TreeMap<>(newest.files());
      logs.keySet().retainAll(LogNames.ALL);
      return differences(logs);
    } catch (UserException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }

  private List<String> differences(Map<String, FileSum> files) {
    List<String> wrong = new ArrayList<>();
    files.forEach(
        (place, sum) ->
            sum.difference(run.resolve(place), LogNames.ALL.contains(place))
                .ifPresent(what -> wrong.add(place + " " + what)));
    return wrong;
  }

  /** A file more can make a policy of other weights: an index of shards, an adapter. */
  private List<String> unlisted(CheckpointRecord checkpoint) {
    Path folder = folder(checkpoint.folder());
    if (!Files.isDirectory(folder)) {
      return List.of(place(folder) + " is missing");
    }
    if (!checkpoint.listed()) {
      return List.of();
    }
    try {
      return files(folder).stream()
          .map(this::place)
          .filter(place -> !checkpoint.files().containsKey(place))
          .map(place -> place + " is not a file of this checkpoint")
          .toList();
    } catch (IOException e) {
      return List.of("%s cannot be read: %s".formatted(place(folder), Json.reason(e)));
    }
  }

  /** Keeps a step that is collected with the checkpoint of the step before. */
  public void writePendingStep(String checkpoint, PendingStep pending) {
    Json.writeLine(folder(checkpoint).resolve(PENDING), pending);
  }

  /** Whether a step was collected when a checkpoint was made. */
  public boolean leftStep(CheckpointRecord checkpoint) {
    return checkpoint.files().containsKey(place(folder(checkpoint.folder()).resolve(PENDING)));
  }

  /** The step that was collected when a checkpoint was made. */
  public PendingStep pendingStep(String checkpoint) {
    Path file = folder(checkpoint).resolve(PENDING);
    PendingStep pending = Json.readLong(file, PendingStep.class);
    if (pending == null) {
      throw new UserException(
          "%s is missing: the completions that step %s left to be learned from"
              .formatted(file, checkpoint.replace("step-", "")),
          "Bring the file back; a run with staleness = 1 cannot go on from there without it.");
    }
    return pending;
  }
}
