package io.lanpo.shell.command;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.pool.PoolStore;
import io.lanpo.api.train.RunSummary;
import io.lanpo.api.train.TrainingService;
import io.lanpo.shell.service.Held;
import io.lanpo.shell.service.Installation;
import io.lanpo.shell.service.Services;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the pool that is meant and opens it with the store and the settings of the run that made
 * it.
 */
final class PoolFinder {
  private static final String STORE = "pool";
  private static final String PREFIX = "pool.";
  private static final String USUAL_STORE = "chronicle";
  private static final String FILTER = "similarity";
  private static final String USUAL_FILTER = "lexical";

  private final Services services;
  private final Installation installation;

  PoolFinder(Invocation invocation) {
    this.services = invocation.services();
    this.installation = invocation.installation();
  }

  /**
   * Opens a pool that exists.
   *
   * @throws UserException when there is none
   */
  OpenPool open(PoolChoice choice) throws InterruptedException {
    try (Held<TrainingService> training = services.only(TrainingService.class)) {
      if (choice.pool != null) {
        Path folder = folder(choice.pool);
        return open(folder, user(folder, training.get().runs()));
      }
      RunSummary run = run(choice, training.get());
      return open(folder(run), run);
    }
  }

  /**
   * The name of the similarity filter of the run whose pool is meant; the usual one of a pool that
   * no run uses.
   */
  String filter(PoolChoice choice) throws InterruptedException {
    try (Held<TrainingService> training = services.only(TrainingService.class)) {
      RunSummary run =
          choice.pool == null
              ? run(choice, training.get())
              : user(folder(choice.pool), training.get().runs());
      return run == null ? USUAL_FILTER : run.settings().getOrDefault(FILTER, USUAL_FILTER);
    }
  }

  private static RunSummary run(PoolChoice choice, TrainingService training) {
    return choice.run == null ? newest(training) : training.run(choice.run);
  }

  private OpenPool open(Path folder, @Nullable RunSummary run) throws InterruptedException {
    if (!Files.isDirectory(folder)) {
      // a store would make a new pool there
      throw new UserException(
          "there is no pool in " + folder,
          "--run takes the id of a run, --pool the name or the folder of a pool.");
    }
    Map<String, String> given = run == null ? Map.of() : run.settings();
    Held<PoolStore> store = services.named(PoolStore.class, given.getOrDefault(STORE, USUAL_STORE));
    try {
      Map<String, String> values = new HashMap<>();
      List<Setting> declared = store.get().settings();
      for (Setting setting : declared) {
        String value = given.get(PREFIX + setting.key());
        if (value != null) {
          values.put(setting.key(), value);
        }
      }
      String origin = run == null ? "defaults" : "configuration of " + run.id();
      return new OpenPool(
          store, store.get().open(folder, Settings.of(origin, declared, values)), folder);
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  private Path folder(String nameOrFolder) {
    try {
      Path folder = Path.of(nameOrFolder);
      boolean isPath =
          folder.isAbsolute() || folder.getNameCount() > 1 || Files.isDirectory(folder);
      return isPath ? folder.toAbsolutePath().normalize() : installation.sharedPool(nameOrFolder);
    } catch (InvalidPathException e) {
      throw new UserException(
          "--pool %s is neither a name nor a folder".formatted(nameOrFolder), e.getReason());
    }
  }

  private Path folder(RunSummary run) {
    String shared = run.settings().getOrDefault(PREFIX + "name", "");
    return shared.isEmpty() ? run.folder().resolve("pool") : installation.sharedPool(shared);
  }

  /** The newest run that uses the pool in a folder. */
  private @Nullable RunSummary user(Path folder, List<RunSummary> runs) {
    Path sought = folder.toAbsolutePath().normalize();
    return runs.stream()
        .filter(r -> folder(r).toAbsolutePath().normalize().equals(sought))
        .findFirst()
        .orElse(null);
  }

  private static RunSummary newest(TrainingService training) {
    List<RunSummary> runs = training.runs();
    if (runs.isEmpty()) {
      throw new UserException(
          "there is no run yet, hence no pool", "Start one with: lanpo train micro");
    }
    return runs.get(0);
  }
}
