package io.lanpo.pool.chronicle.file;

import io.lanpo.api.component.UserException;
import io.lanpo.libs.files.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.openhft.chronicle.core.Jvm;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The data folder of a pool. New files are made in a folder {@code building}, which becomes {@code
 * data-N} in one step when it is complete, so no crash leaves half a pool behind. A pool whose
 * capacity has been raised is copied into {@code data-(N+1)} in the same way.
 */
public final class PoolFiles implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PoolFiles.class);
  public static final String EXPERIENCES = "experiences.map";
  public static final String LESSONS = "lessons.map";

  /** Folder for the copies that a check repairs; a check that is killed leaves it behind. */
  public static final String CHECKING = "checking";

  private final Path data;
  private final EntryLog experiences;
  private final EntryLog lessons;

  private PoolFiles(Path data, EntryLog experiences, EntryLog lessons) {
    this.data = data;
    this.experiences = experiences;
    this.lessons = lessons;
  }

  public EntryLog experiences() {
    return experiences;
  }

  public EntryLog lessons() {
    return lessons;
  }

  /**
   * Opens the files of a pool folder, making or enlarging them when needed.
   *
   * @param folder the pool folder, locked
   * @param experiences what the file of experiences must hold at least
   * @param lessons what the file of lessons must hold at least
   * @param recover whether the last holder crashed
   */
  public static PoolFiles open(Path folder, Layout experiences, Layout lessons, boolean recover)
      throws IOException {
    FileTree.delete(folder.resolve("building"));
    FileTree.delete(folder.resolve(CHECKING));
    List<Path> generations = generations(folder);
    if (generations.isEmpty()) {
      return openExisting(build(folder, 1, experiences, lessons, null), false);
    }
    Path newest = generations.get(generations.size() - 1);
    PoolFormat format = PoolFormat.read(newest);
    for (Path older : generations.subList(0, generations.size() - 1)) {
      FileTree.delete(older);
    }
    PoolFiles files = openExisting(newest, recover);
    Layout allExperiences = Layout.covering(format.experiences().layout(), experiences);
    Layout allLessons = Layout.covering(format.lessons().layout(), lessons);
    if (allExperiences.equals(format.experiences().layout())
        && allLessons.equals(format.lessons().layout())) {
      return files;
    }
    Path enlarged;
    try (files) {
      enlarged = build(folder, number(newest) + 1, allExperiences, allLessons, files);
    }
    FileTree.delete(newest);
    return openExisting(enlarged, false);
  }

  private static PoolFiles openExisting(Path data, boolean recover) throws IOException {
    PoolFormat format = PoolFormat.read(data);
    EntryLog experiences = openLog(data.resolve(EXPERIENCES), format.experiences(), recover);
    try {
      return new PoolFiles(
          data, experiences, openLog(data.resolve(LESSONS), format.lessons(), recover));
    } catch (IOException | RuntimeException e) {
      experiences.close();
      throw e;
    }
  }

  private static EntryLog openLog(Path file, PoolFormat.Part part, boolean recover)
      throws IOException {
    part.demandSound(file);
    EntryLog.Opened opened = EntryLog.open(file, part.layout(), recover);
    if (opened.repaired() > 0) {
      LOG.warn(
          "{}: {} places repaired after a crash or damage; it holds {} entries. If some are missing: {}",
          file,
          opened.repaired(),
          opened.log().size(),
          PoolFormat.REMEDY);
    }
    return opened.log();
  }

  /** Makes a new data folder, with the entries of another if there is one. */
  private static Path build(
      Path folder, int number, Layout experiences, Layout lessons, @Nullable PoolFiles source)
      throws IOException {
    demandSpace(folder, experiences.fileBytes() + lessons.fileBytes());
    Path building = Files.createDirectory(folder.resolve("building"));
    try (EntryLog e = EntryLog.create(building.resolve(EXPERIENCES), experiences);
        EntryLog l = EntryLog.create(building.resolve(LESSONS), lessons)) {
      if (source != null) {
        copy(source.experiences, e);
        copy(source.lessons, l);
      }
    }
    new PoolFormat(
            PoolFormat.Part.of(building.resolve(EXPERIENCES), experiences),
            PoolFormat.Part.of(building.resolve(LESSONS), lessons))
        .write(building);
    return Files.move(building, folder.resolve("data-" + number));
  }

  private static void copy(EntryLog from, EntryLog to) throws IOException {
    for (long number : from.numbers()) {
      if (to.append(to.pack(from.read(number))) < 0) {
        throw new IllegalStateException("a larger pool file is full before the smaller one");
      }
    }
  }

  public static void demandSpace(Path folder, long bytes) throws IOException {
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

  /** Chronicle warns of harmless things, such as a recovery that we asked for. */
  public static void quietChronicle() {
    Jvm.setExceptionHandlers(
        (source, message, thrown) -> LOG.error("{}: {}", source, message, thrown),
        (source, message, thrown) -> LOG.debug("{}: {}", source, message, thrown),
        null);
  }

  /** The data folders of a pool, oldest first. */
  public static List<Path> generations(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(p -> p.getFileName().toString().matches("data-\\d{1,9}"))
          .sorted(Comparator.comparingInt(PoolFiles::number))
          .toList();
    }
  }

  private static int number(Path data) {
    return Integer.parseInt(data.getFileName().toString().substring("data-".length()));
  }

  /** Size on disk, in bytes. */
  public long bytes() throws IOException {
    return Files.size(data.resolve(EXPERIENCES)) + Files.size(data.resolve(LESSONS));
  }

  @Override
  public void close() throws IOException {
    try (lessons) {
      experiences.close();
    }
  }
}
