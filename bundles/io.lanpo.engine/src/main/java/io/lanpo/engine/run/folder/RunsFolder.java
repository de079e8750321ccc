package io.lanpo.engine.run.folder;

import io.lanpo.api.component.Names;
import io.lanpo.api.component.UserException;
import io.lanpo.engine.run.file.Json;
import io.lanpo.engine.run.file.LeftOvers;
import io.lanpo.engine.run.file.ProcessMark;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The folder of all runs.
 *
 * @param path it may not be there yet
 */
public record RunsFolder(Path path) {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

  /** A folder that is about to become that of a run. */
  private static final String STARTING = ".starting";

  /** What a run leaves; one of these without run.json is a damaged run. */
  private static final List<String> TRACES =
      List.of("run.json", "manifest.json", "checkpoint.json", LogNames.METRICS, LogNames.ROLLOUTS);

  /** Every run, damaged ones included, by id. */
  public List<RunFolder> all() {
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(path)) {
      return folders
          .filter(f -> TRACES.stream().anyMatch(name -> Files.exists(f.resolve(name))))
          .filter(f -> !new RunFolder(f).starting())
          .sorted()
          .map(RunFolder::new)
          .toList();
    } catch (IOException e) {
      throw Json.cannotRead(path, e);
    }
  }

  /**
   * A run.
   *
   * @param id its id, or a beginning that no other run has
   */
  public RunFolder find(String id) {
    List<String> ids = all().stream().map(f -> f.path().getFileName().toString()).toList();
    if (ids.contains(id)) {
      return new RunFolder(path.resolve(id));
    }
    List<String> beginning = ids.stream().filter(i -> i.startsWith(id)).toList();
    if (beginning.size() == 1) {
      return new RunFolder(path.resolve(beginning.get(0)));
    }
    throw new UserException(
        beginning.isEmpty()
            ? "there is no run %s in %s".formatted(id, path)
            : "%s is the beginning of several runs: %s".formatted(id, String.join(", ", beginning)),
        beginning.isEmpty() ? Names.suggestion(id, ids) : "Give more of the id.");
  }

  /**
   * Makes the folder of a new run; making it reserves the id against other processes. It says whose
   * it is until the run has begun.
   */
  public RunFolder create(String configuration) {
    String id = configuration + "-" + STAMP.format(LocalDateTime.now());
    ProcessMark own = ProcessMark.of(ProcessHandle.current());
    try {
      Path fresh = LeftOvers.create(Files.createDirectories(path), STARTING);
      new RunFolder(fresh).markStarting(own);
      for (int i = 1; ; i++) {
        Path folder = path.resolve(i == 1 ? id : id + "-" + i);
        if (moved(fresh, folder)) {
          return new RunFolder(folder);
        }
      }
    } catch (IOException e) {
      throw Json.cannotWrite(path.resolve(id), e);
    }
  }

  /** A folder is renamed with the mark in it: onto another one, which has a mark, it cannot. */
  private static boolean moved(Path fresh, Path folder) throws IOException {
    if (Files.exists(folder)) {
      return false;
    }
    try {
      Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (FileSystemException e) {
      if (Files.exists(folder)) {
        return false;
      }
      throw e;
    }
  }

  /**
   * Removes the folders of runs whose process was killed before they had begun. Nothing else is
   * touched: a folder without the mark of such a process, or of a run that has begun.
   */
  public void removeLeftOvers() {
    LeftOvers.remove(path);
    LeftOvers.remove(path, RunsFolder::leftOver);
  }

  private static boolean leftOver(Path folder) {
    return new RunFolder(folder).starter().filter(process -> !process.alive()).isPresent();
  }
}
