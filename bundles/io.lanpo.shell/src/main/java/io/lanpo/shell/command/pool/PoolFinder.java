package io.lanpo.shell.command.pool;

import io.lanpo.api.component.UserException;
import io.lanpo.api.pool.PoolChoice;
import io.lanpo.api.pool.PoolStore;
import io.lanpo.api.train.Installation;
import io.lanpo.api.train.RunState;
import io.lanpo.api.train.RunSummary;
import io.lanpo.api.train.TrainingService;
import io.lanpo.shell.command.CommandContext;
import io.lanpo.shell.service.ServiceHandle;
import io.lanpo.shell.service.Services;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the chosen pool and opens it with the store and the settings of the run that made it. */
final class PoolFinder {
  private static final String STORE = "pool";
  private static final String FILTER = "similarity";
  private static final String USUAL_FILTER = "lexical";

  private final Services services;
  private final Installation installation;

  PoolFinder(CommandContext context) {
    this.services = context.services();
    this.installation = context.installation();
  }

  /** Where the chosen pool is, or would be. */
  PoolLocation find(PoolOptions choice) throws InterruptedException {
    try (ServiceHandle<TrainingService> training = services.only(TrainingService.class)) {
      List<RunSummary> runs = training.get().runs();
      if (choice.pool != null) {
        return place(folder(choice.pool, runs), runs, choice.settings);
      }
      RunSummary run = choice.run == null ? newest(runs) : training.get().run(choice.run);
      return new PoolLocation(folder(run), run, choice.settings);
    }
  }

  /**
   * Where the pool of a name is: the name of a shared pool, a folder, or the id of a run.
   *
   * @throws UserException when it is none of them
   */
  PoolLocation find(String nameFolderOrRun) throws InterruptedException {
    try (ServiceHandle<TrainingService> training = services.only(TrainingService.class)) {
      List<RunSummary> runs = training.get().runs();
      Path folder = folder(nameFolderOrRun, runs);
      boolean run = runs.stream().anyMatch(r -> r.id().startsWith(nameFolderOrRun));
      if (!Files.isDirectory(folder) && run) {
        RunSummary found = training.get().run(nameFolderOrRun);
        return new PoolLocation(folder(found), found, Map.of());
      }
      return place(folder, runs, Map.of());
    }
  }

  /**
   * Opens a pool that exists.
   *
   * @throws UserException when there is none
   */
  OpenPool open(PoolOptions choice) throws InterruptedException {
    return open(find(choice));
  }

  /**
   * Opens a pool that exists.
   *
   * @throws UserException when there is none
   */
  OpenPool open(PoolLocation place) throws InterruptedException {
    demand(place);
    return openOrMake(place);
  }

  /** Refuses a place without a pool: a store would make a new one there. */
  void demand(PoolLocation place) throws InterruptedException {
    try (ServiceHandle<PoolStore> store = store(place)) {
      if (!store.get().holds(place.folder())) {
        throw new UserException(
            "there is no pool in %s%s"
                .formatted(
                    place.folder(),
                    Files.notExists(place.folder()) ? ": the folder does not exist" : ""),
            "--run takes the id of a run, --pool the name or the folder of a pool.");
      }
    }
  }

  /**
   * The name of the similarity filter of the run that uses a pool; the usual one where no run does.
   */
  static String filter(PoolLocation place) {
    return given(place).getOrDefault(FILTER, USUAL_FILTER);
  }

  /** The store of a pool. */
  ServiceHandle<PoolStore> store(PoolLocation place) throws InterruptedException {
    return services.named(PoolStore.class, new PoolChoice(given(place)).store(), STORE);
  }

  /** Opens a pool, or makes a new one where none is. */
  OpenPool openOrMake(PoolLocation place) throws InterruptedException {
    return openOrMake(place.folder(), given(place), place.overrides());
  }

  /**
   * Opens a pool, or makes a new one where none is.
   *
   * @param run configuration of the run that uses it
   * @param overrides settings of the store on top of it
   */
  OpenPool openOrMake(Path folder, Map<String, String> run, Map<String, String> overrides)
      throws InterruptedException {
    PoolChoice choice = new PoolChoice(run);
    ServiceHandle<PoolStore> store = services.named(PoolStore.class, choice.store(), STORE);
    try {
      return new OpenPool(store, choice.open(store.get(), folder, overrides), folder);
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  /** The logs of the runs that use the pool in a folder, oldest first. */
  List<String> users(Path folder) throws InterruptedException {
    try (ServiceHandle<TrainingService> training = services.only(TrainingService.class)) {
      return training.get().runs().stream()
          .filter(r -> uses(r, folder))
          .sorted(Comparator.comparing(RunSummary::started))
          .map(r -> r.folder().resolve("rollouts.jsonl").toString())
          .toList();
    }
  }

  /** Whether a run uses the pool in a folder. */
  boolean uses(RunSummary run, Path folder) {
    Path sought = folder.toAbsolutePath().normalize();
    try {
      return folder(run).toAbsolutePath().normalize().equals(sought);
    } catch (UserException e) {
      // One bad configuration hides no other run.
      return false;
    }
  }

  private static Map<String, String> given(PoolLocation place) {
    RunSummary run = place.user();
    return run == null ? Map.of() : run.settings();
  }

  private Path folder(String nameOrFolder, List<RunSummary> runs) {
    try {
      Path path = Path.of(nameOrFolder);
      boolean isPath = path.isAbsolute() || path.getNameCount() > 1 || Files.isDirectory(path);
      if (!isPath && !PoolChoice.isName(nameOrFolder)) {
        throw new UserException(
            "--pool %s is neither a name nor a folder".formatted(nameOrFolder),
            "A name has at most 100 characters and no control characters.");
      }
      Path folder =
          isPath
              ? path.toAbsolutePath().normalize()
              : installation.sharedPools().resolve(nameOrFolder);
      // the folder of a run is no pool, but has one
      return runs.stream()
          .filter(r -> r.folder().toAbsolutePath().normalize().equals(folder))
          .findFirst()
          .map(this::folder)
          .orElse(folder);
    } catch (InvalidPathException e) {
      throw new UserException(
          "--pool %s is neither a name nor a folder".formatted(nameOrFolder), e.getReason());
    }
  }

  private Path folder(RunSummary run) {
    return new PoolChoice(run.settings()).folder(run.folder(), installation.sharedPools());
  }

  private PoolLocation place(Path folder, List<RunSummary> runs, Map<String, String> overrides) {
    return new PoolLocation(folder, user(folder, runs), overrides);
  }

  /** The newest run that uses the pool in a folder. */
  private @Nullable RunSummary user(Path folder, List<RunSummary> runs) {
    return runs.stream()
        .filter(r -> r.state() != RunState.DAMAGED && uses(r, folder))
        .findFirst()
        .orElse(null);
  }

  private static RunSummary newest(List<RunSummary> runs) {
    return runs.stream()
        // of a damaged run it is not known which pool it has
        .filter(run -> run.state() != RunState.DAMAGED)
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    "there is no run yet, so there is no pool",
                    "Start one with: lanpo train micro"));
  }
}
