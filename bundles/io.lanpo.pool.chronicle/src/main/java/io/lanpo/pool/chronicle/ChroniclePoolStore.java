package io.lanpo.pool.chronicle;

import io.lanpo.api.component.LanpoName;
import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.pool.ExperiencePool;
import io.lanpo.api.pool.PoolReport;
import io.lanpo.api.pool.PoolStore;
import io.lanpo.pool.chronicle.file.FolderLock;
import io.lanpo.pool.chronicle.file.Layout;
import io.lanpo.pool.chronicle.file.PoolFiles;
import io.lanpo.pool.chronicle.file.PoolOpening;
import io.lanpo.pool.chronicle.index.Eviction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** Opens pools that live in Chronicle Map files. */
@Component(scope = ServiceScope.PROTOTYPE)
@LanpoName("chronicle")
public final class ChroniclePoolStore implements PoolStore {
  private static final int LESSON_BYTES = 512;

  /** Far slower than a recovery on any disk seen; what takes longer hangs. */
  private static final long BYTES_PER_SECOND = 10_000_000;

  private static final Setting<Integer> CAPACITY =
      Setting.integer(
          "capacity",
          50_000,
          1,
          10_000_000,
          "experiences",
          "Most experiences kept; then some make room (pool.eviction). Raising it enlarges the pool when it is opened.");

  private static final Setting<Integer> ENTRY_BYTES =
      Setting.integer(
          "entry-bytes",
          1024,
          64,
          1 << 20,
          "bytes",
          "Mean size of an experience as it is stored, text packed to about half; capacity times this is reserved on disk. Larger ones make room sooner.");

  private static final Setting<Integer> LESSONS =
      Setting.integer(
          "lessons",
          20_000,
          1,
          10_000_000,
          "lessons",
          "Most lessons kept; then some make room (pool.eviction).");

  private static final Setting<Eviction> EVICTION =
      Setting.choice(
          "eviction",
          Eviction.class,
          "Who makes room in a full pool: the oldest; or the least useful, which are attempts that were cut off or have no verdict, then those most like others of their problem, and lessons after which completions did no better.");

  private static final Setting<Integer> PER_PROBLEM =
      Setting.integer(
          "per-problem",
          0,
          0,
          1_000_000,
          "experiences",
          "Most experiences of one problem, and most lessons distilled from it; then those of the problem make room by pool.eviction. 0: any number.");

  private static final List<Setting<?>> SETTINGS =
      List.of(CAPACITY, ENTRY_BYTES, LESSONS, EVICTION, PER_PROBLEM);

  /** For the service registry. */
  @Activate
  public ChroniclePoolStore() {}

  @Override
  public List<Setting<?>> settings() {
    return SETTINGS;
  }

  @Override
  public ExperiencePool open(Path folder, Settings settings) {
    RuntimeCheck.demand();
    Layout experiences = Layout.of(settings.get(CAPACITY), settings.get(ENTRY_BYTES));
    Layout lessons = Layout.of(settings.get(LESSONS), LESSON_BYTES);
    ChroniclePool.Limits limits =
        new ChroniclePool.Limits(
            settings.get(CAPACITY),
            settings.get(LESSONS),
            settings.get(PER_PROBLEM),
            settings.get(EVICTION));
    Duration patience =
        Duration.ofSeconds(30 + (2 * size(folder) + experiences.fileBytes()) / BYTES_PER_SECOND);
    return TimeLimit.within(
        patience,
        () -> open(folder, experiences, lessons, limits),
        ChroniclePool::close,
        () -> late(folder, "has not opened", patience));
  }

  @Override
  public PoolReport check(Path folder) {
    RuntimeCheck.demand();
    PoolFiles.quietChronicle();
    Duration patience = Duration.ofSeconds(30 + 4 * size(folder) / BYTES_PER_SECOND);
    return TimeLimit.within(
        patience,
        () -> checked(folder),
        report -> {},
        () -> late(folder, "could not be read", patience));
  }

  private static PoolReport checked(Path folder) {
    try {
      return PoolCheck.of(folder);
    } catch (UserException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw PoolFailure.of(folder, "cannot be read", e);
    }
  }

  @Override
  public boolean holds(Path folder) {
    try {
      return PoolFiles.isPool(folder);
    } catch (IOException e) {
      throw PoolFailure.of(folder, "cannot be read", e);
    }
  }

  /** Damage is found at once; what takes this long waits for a disk. */
  private static UserException late(Path folder, String what, Duration patience) {
    return new UserException(
        "The pool in %s %s within %d s: its disk is very slow, or another process has locked one of its files."
            .formatted(folder, what, patience.toSeconds()),
        "End this process, look at the disk and for another process that uses the folder, and try again.");
  }

  private static ChroniclePool open(
      Path folder, Layout experiences, Layout lessons, ChroniclePool.Limits limits) {
    PoolFiles.quietChronicle();
    try {
      Files.createDirectories(folder);
      PoolFiles.demandPoolOrNothing(folder);
      FolderLock lock = FolderLock.take(folder);
      boolean opened = false;
      try {
        PoolFiles files = PoolOpening.open(lock, experiences, lessons);
        try {
          ChroniclePool pool = new ChroniclePool(files, lock, limits);
          opened = true;
          return pool;
        } finally {
          if (!opened) {
            files.abandon();
          }
        }
      } finally {
        if (!opened) {
          lock.restore();
        }
      }
    } catch (UserException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw PoolFailure.of(folder, "cannot be opened", e);
    }
  }

  private static long size(Path folder) {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.mapToLong(p -> p.toFile().length()).sum();
    } catch (IOException | UncheckedIOException e) {
      // The opening itself will say what is wrong with the folder.
      return 0;
    }
  }
}
