package io.lanpo.pool.chronicle.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way from a pool's folder to its open files. A pool that was not closed, that is damaged, of
 * an older format or too small is copied into a new data folder.
 */
public final class PoolOpening {
  private static final Logger LOG = LoggerFactory.getLogger(PoolOpening.class);

  private PoolOpening() {}

  /**
   * Opens the files of a pool folder, making, repairing or enlarging them when needed.
   *
   * @param folder the pool folder, locked
   * @param experiences what the map of experiences must hold at least
   * @param lessons what the map of lessons must hold at least
   */
  public static PoolFiles open(FolderLock folder, Layout experiences, Layout lessons)
      throws IOException {
    Map<Kind, Layout> wanted = Map.of(Kind.EXPERIENCES, experiences, Kind.LESSONS, lessons);
    DataFolder.sweep(folder.folder());
    List<Path> generations = DataFolder.generations(folder.folder());
    if (generations.isEmpty()) {
      return PoolFiles.build(folder, wanted, Map.of());
    }
    Path newest = generations.get(generations.size() - 1);
    OldFormat old = OldFormat.read(newest);
    PoolFiles files;
    if (old != null) {
      files = converted(folder, newest, old, wanted);
    } else {
      files = openExisting(folder, newest, wanted);
    }
    for (Path older : generations.subList(0, generations.size() - 1)) {
      DataFolder.delete(older);
    }
    return files;
  }

  private static PoolFiles openExisting(FolderLock folder, Path newest, Map<Kind, Layout> wanted)
      throws IOException {
    PoolFormat format = PoolFormat.read(newest);
    try (Inspection e = Inspection.of(folder, newest, Kind.EXPERIENCES, format);
        Inspection l = Inspection.of(folder, newest, Kind.LESSONS, format)) {
      return open(folder, newest, format, wanted, Map.of(Kind.EXPERIENCES, e, Kind.LESSONS, l));
    }
  }

  private static PoolFiles converted(
      FolderLock folder, Path data, OldFormat old, Map<Kind, Layout> wanted) throws IOException {
    Map<Kind, Layout> layouts = new EnumMap<>(Kind.class);
    Map<Kind, EntrySource.Rest> rests = new EnumMap<>(Kind.class);
    wanted.forEach((kind, least) -> layouts.put(kind, covering(old.layout(kind), least)));
    for (Kind kind : Kind.values()) {
      rests.put(kind, old.rest(kind));
    }
    return rebuilt(folder, data, layouts, rests);
  }

  private static Layout covering(@Nullable Layout held, Layout least) {
    return held == null ? least : Layout.covering(held, least);
  }

  private static PoolFiles open(
      FolderLock folder,
      Path data,
      @Nullable PoolFormat format,
      Map<Kind, Layout> wanted,
      Map<Kind, Inspection> found)
      throws IOException {
    boolean large = true;
    boolean usable = format != null;
    Map<Kind, Layout> layouts = new EnumMap<>(Kind.class);
    for (Map.Entry<Kind, Inspection> each : found.entrySet()) {
      Layout held = each.getValue().layout();
      Layout least = wanted.getOrDefault(each.getKey(), Layout.of(1, 1));
      Layout needed = covering(held, least);
      layouts.put(each.getKey(), needed);
      large &= needed.equals(held);
    }
    for (Inspection each : found.values()) {
      usable = usable && large && each.usable();
    }
    if (usable && format != null) {
      return new PoolFiles(folder, data, opened(found), format);
    }
    if (format == null) {
      LOG.warn(PoolFormat.fault(data));
    }
    return repaired(folder, data, layouts, found);
  }

  private static Map<Kind, EntryLog> opened(Map<Kind, Inspection> found) throws IOException {
    Map<Kind, EntryLog> logs = new EnumMap<>(Kind.class);
    for (Map.Entry<Kind, Inspection> each : found.entrySet()) {
      logs.put(each.getKey(), each.getValue().open());
    }
    return logs;
  }

  private static PoolFiles repaired(
      FolderLock folder, Path data, Map<Kind, Layout> layouts, Map<Kind, Inspection> found)
      throws IOException {
    Map<Kind, EntrySource.Rest> rests = new EnumMap<>(Kind.class);
    for (Map.Entry<Kind, Inspection> each : found.entrySet()) {
      rests.put(each.getKey(), each.getValue().rest());
    }
    for (Map.Entry<Kind, Inspection> each : found.entrySet()) {
      Inspection inspection = each.getValue();
      EntrySource.Rest rest = rests.get(each.getKey());
      String end = rest == null || rest.loss() == null ? " It is made again, nothing is lost." : "";
      inspection.problems(folder.afterCrash()).forEach(p -> LOG.warn("{}{}", p, end));
      inspection.dropMap();
    }
    return rebuilt(folder, data, layouts, rests);
  }

  private static PoolFiles rebuilt(
      FolderLock folder, Path data, Map<Kind, Layout> layouts, Map<Kind, EntrySource.Rest> rests)
      throws IOException {
    Map<Kind, EntrySource> sources = new EnumMap<>(Kind.class);
    rests.forEach((kind, rest) -> sources.put(kind, rest.source()));
    PoolFiles files;
    try {
      files = PoolFiles.build(folder, layouts, sources);
    } finally {
      for (EntrySource source : sources.values()) {
        source.close();
      }
    }
    List<String> losses =
        rests.values().stream().map(EntrySource.Rest::loss).filter(Objects::nonNull).toList();
    if (losses.isEmpty()) {
      LOG.info("{}: copied into new files; nothing is lost.", folder.folder());
      DataFolder.delete(data);
    } else {
      LOG.warn(
          "{} The files are kept in {}. {}",
          String.join(" ", losses),
          DataFolder.setAside(folder.folder(), data),
          Remedy.REBUILD);
    }
    return files;
  }
}
