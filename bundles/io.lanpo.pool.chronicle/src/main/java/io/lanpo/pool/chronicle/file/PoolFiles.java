package io.lanpo.pool.chronicle.file;

import io.lanpo.api.component.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.Map;
import net.openhft.chronicle.core.Jvm;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The data folder of a pool, open. New files are made in a folder of their own, which becomes
 * {@code data-N} in one step when it is complete, so no crash leaves half a pool behind.
 */
public final class PoolFiles {
  private static final Logger LOG = LoggerFactory.getLogger(PoolFiles.class);

  private final FolderLock folder;
  private Path data;
  private Map<Kind, EntryLog> logs;
  private PoolFormat format;

  PoolFiles(FolderLock folder, Path data, Map<Kind, EntryLog> logs, PoolFormat format) {
    this.folder = folder;
    this.data = data;
    this.logs = logs;
    this.format = format;
  }

  public EntryLog experiences() {
    return log(Kind.EXPERIENCES);
  }

  public EntryLog lessons() {
    return log(Kind.LESSONS);
  }

  private EntryLog log(Kind kind) {
    EntryLog log = logs.get(kind);
    if (log == null) {
      throw new IllegalStateException(kind.word());
    }
    return log;
  }

  /** Whether a folder holds a pool, in whatever state. */
  public static boolean isPool(Path folder) throws IOException {
    return Files.isDirectory(folder) && !DataFolder.generations(folder).isEmpty();
  }

  /**
   * Refuses a folder with something in it that is no pool.
   *
   * @param folder an existing folder
   */
  public static void demandPoolOrNothing(Path folder) throws IOException {
    if (DataFolder.generations(folder).isEmpty() && !DataFolder.free(folder)) {
      throw new UserException(
          "%s is not empty, and there is no pool in it.".formatted(folder),
          "Name the folder of a pool, or a new or an empty folder.");
    }
  }

  /** Makes a new data folder and fills it. */
  static PoolFiles build(
      FolderLock folder, Map<Kind, Layout> layouts, Map<Kind, EntrySource> sources)
      throws IOException {
    demandSpace(folder.folder(), layouts.values().stream().mapToLong(Layout::fileBytes).sum());
    Path work = DataFolder.work(folder.folder());
    long id = new SecureRandom().nextLong();
    Map<Kind, EntryLog> logs = new EnumMap<>(Kind.class);
    boolean done = false;
    try {
      for (Kind kind : Kind.values()) {
        logs.put(kind, filled(work, kind, id, layouts, sources.get(kind)));
      }
      Map<Kind, PoolFormat.Part> parts = new EnumMap<>(Kind.class);
      logs.forEach((kind, log) -> parts.put(kind, log.opened()));
      PoolFormat format = new PoolFormat(id, parts);
      format.write(work);
      PoolFiles files =
          new PoolFiles(folder, DataFolder.commit(folder.folder(), work), logs, format);
      done = true;
      return files;
    } finally {
      if (!done) {
        for (EntryLog log : logs.values()) {
          log.abandon();
        }
        DataFolder.delete(work);
      }
    }
  }

  private static EntryLog filled(
      Path work, Kind kind, long id, Map<Kind, Layout> layouts, @Nullable EntrySource source)
      throws IOException {
    Layout layout = layouts.getOrDefault(kind, Layout.of(1, 1));
    while (true) {
      EntryLog log =
          new EntryLog(
              layout, ValueMap.open(kind.map(work), layout), LogFile.create(work, kind, id));
      if (source == null || log.take(source)) {
        log.acknowledge();
        return log;
      }
      // Nothing has told how large the old map was.
      log.abandon();
      Files.delete(kind.map(work));
      layout = Layout.of(2 * layout.entries(), layout.meanBytes());
    }
  }

  /** What was added and removed until now survives the process. */
  public void acknowledge() throws IOException {
    for (EntryLog log : logs.values()) {
      log.acknowledge();
    }
  }

  /** Whether the logs hold mostly what was removed. */
  public boolean wasteful() {
    return logs.values().stream().anyMatch(EntryLog::wasteful);
  }

  /** Copies what is there into new files, without what was removed. */
  public void shorten() throws IOException {
    Map<Kind, Layout> layouts = new EnumMap<>(Kind.class);
    Map<Kind, EntrySource> sources = new EnumMap<>(Kind.class);
    logs.forEach(
        (kind, log) -> {
          layouts.put(kind, log.layout());
          sources.put(kind, log.source());
        });
    PoolFiles fresh = build(folder, layouts, sources);
    Map<Kind, EntryLog> old = logs;
    Path oldData = data;
    data = fresh.data;
    logs = fresh.logs;
    format = fresh.format;
    for (EntryLog log : old.values()) {
      log.abandon();
    }
    DataFolder.delete(oldData);
  }

  private static void demandSpace(Path folder, long bytes) throws IOException {
    // Chronicle refuses to reserve space unless a tenth more is free.
    long needed = bytes + bytes / 8;
    long free = Files.getFileStore(folder).getUsableSpace();
    if (free < needed) {
      throw new UserException(
          "The disk of the pool folder %s is full: the pool needs %d MB and %d MB are free."
              .formatted(folder, (needed >> 20) + 1, free >> 20),
          "Free some space, or lower pool.capacity, pool.entry-bytes or pool.lessons.");
    }
  }

  /** Chronicle warns of harmless things. */
  public static void quietChronicle() {
    Jvm.setExceptionHandlers(
        (source, message, thrown) -> LOG.error("{}: {}", source, message, thrown),
        (source, message, thrown) -> LOG.debug("{}: {}", source, message, thrown),
        null);
  }

  /** Size on disk, in bytes. */
  public long bytes() throws IOException {
    long bytes = 0;
    for (Kind kind : Kind.values()) {
      bytes += Files.size(kind.map(data)) + Files.size(kind.log(data));
    }
    return bytes;
  }

  /** Closes the files and notes what they are then. */
  public void close() throws IOException {
    boolean changed = logs.values().stream().anyMatch(EntryLog::changed);
    if (!changed) {
      abandon();
      return;
    }
    Map<Kind, PoolFormat.Part> parts = new EnumMap<>(Kind.class);
    for (Map.Entry<Kind, EntryLog> each : logs.entrySet()) {
      parts.put(each.getKey(), each.getValue().close(each.getKey().map(data)));
    }
    new PoolFormat(format.id(), parts).write(data);
  }

  /** Closes the files as they are. */
  public void abandon() throws IOException {
    for (EntryLog log : logs.values()) {
      log.abandon();
    }
  }
}
