package io.lanpo.pool.chronicle.file;

import io.lanpo.api.component.UserException;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * What state the files of one kind are in, found by reading bytes only. A map is trusted when it is
 * to the bit what it was when the pool was closed, and a log when it is what its end says. One of
 * the two is enough for everything; with neither there is what the sound records of the log hold.
 */
final class Inspection implements Closeable {
  private final Path data;
  private final Kind kind;
  private final PoolFormat.@Nullable Part part;
  private final long formatId;
  private @Nullable RandomAccessFile log;
  private @Nullable ValueMap map;
  private @Nullable LogEnd end;
  private CRC32 checksum = new CRC32();

  /** The id that the records of the log are read by. */
  private long id;

  /** What is wrong with the log; null when it is sound. */
  private @Nullable String logFault;

  private boolean mapSound;
  private boolean paired;
  private boolean headSound;

  private Inspection(Path data, Kind kind, @Nullable PoolFormat format) {
    this.data = data;
    this.kind = kind;
    this.part = format == null ? null : format.part(kind);
    this.formatId = format == null ? 0 : format.id();
    this.id = formatId;
  }

  /**
   * Looks at the files of a kind. The log stays open and locked until this is closed.
   *
   * @param folder the lock of the pool's folder
   * @param format null when that file is missing or damaged
   * @throws UserException when another process has the log open
   */
  static Inspection of(FolderLock folder, Path data, Kind kind, @Nullable PoolFormat format)
      throws IOException {
    Inspection inspection = new Inspection(data, kind, format);
    boolean done = false;
    try {
      inspection.logFault = inspection.logFault(folder);
      inspection.lookAtMap(folder);
      done = true;
      return inspection;
    } finally {
      if (!done) {
        inspection.close();
      }
    }
  }

  private @Nullable String logFault(FolderLock folder) throws IOException {
    Path file = kind.log(data);
    if (!Files.isRegularFile(file)) {
      return Files.exists(file) ? "is no file" : "is missing";
    }
    RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw");
    log = opened;
    if (!LogFile.lock(opened)) {
      throw folder.heldByAnother(file);
    }
    byte[] head = new byte[LogRecord.HEAD_BYTES];
    opened.seek(0);
    int read = opened.read(head);
    LogEnd known = LogEnd.read(kind.end(data));
    headSound = LogRecord.isHead(head, read);
    if (headSound) {
      id = LogRecord.id(head);
    } else if (known != null) {
      id = known.id();
    }
    end = known;
    if (known == null) {
      return "cannot be compared, as %s is missing or damaged"
          .formatted(kind.end(data).getFileName());
    }
    if (!headSound) {
      return "is damaged at its beginning";
    }
    if (known.id() != id) {
      if (part == null || formatId != id) {
        id = known.id();
      } else {
        end = null;
      }
      return "and %s are of two pools".formatted(kind.end(data).getFileName());
    }
    if (opened.length() < known.bytes()) {
      return "has %d bytes of %d".formatted(opened.length(), known.bytes());
    }
    checksum = Checksum.of(opened, known.bytes());
    return checksum.getValue() == known.checksum() ? null : "is damaged";
  }

  private void lookAtMap(FolderLock folder) throws IOException {
    Path file = kind.map(data);
    if (!Files.isRegularFile(file)) {
      return;
    }
    try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
      // Chronicle would wait for the lock.
      if (!LogFile.lock(opened)) {
        throw folder.heldByAnother(file);
      }
      mapSound =
          part != null
              && opened.length() == part.mapBytes()
              && Checksum.of(opened, Long.MAX_VALUE).getValue() == part.mapChecksum();
    }
    LogEnd known = end;
    if (part == null || !mapSound || logFault != null || known == null) {
      return;
    }
    paired = id == formatId && part.closedWith(known);
    if (paired) {
      return;
    }
    if (id != formatId) {
      logFault = "is of another pool";
    } else if (known.bytes() < part.logBytes()) {
      logFault = "is older than the pool";
    } else {
      mapSound = false;
    }
  }

  /** The log. */
  Path log() {
    return kind.log(data);
  }

  /** Whether both files can be used as they are. */
  boolean usable() throws IOException {
    RandomAccessFile opened = log;
    LogEnd known = end;
    return logFault == null
        && paired
        && opened != null
        && known != null
        && opened.length() == known.bytes()
        && map() != null;
  }

  /** Hands both files over, when they are {@linkplain #usable usable}. */
  EntryLog open() throws IOException {
    RandomAccessFile opened = log;
    LogEnd known = end;
    ValueMap there = map;
    if (opened == null || known == null || part == null || there == null) {
      throw new IllegalStateException(kind.word());
    }
    LogFile file = LogFile.open(opened, kind.end(data), checksum, known);
    log = null;
    map = null;
    return new EntryLog(part.layout(), there, file);
  }

  /** The map; null when it is not to be trusted, or of another version of Chronicle. */
  private @Nullable ValueMap map() throws IOException {
    if (map == null && part != null && mapSound) {
      try {
        map = ValueMap.open(kind.map(data), part.layout());
      } catch (RuntimeException e) {
        mapSound = false;
      }
    }
    return map;
  }

  /** How the map is laid out; null when nothing tells. */
  @Nullable Layout layout() {
    return part == null || (headSound && id != formatId) ? null : part.layout();
  }

  /**
   * What is not as it should be.
   *
   * @param crashed whether the last holder has not closed the pool, so that no map is right
   */
  List<String> problems(boolean crashed) {
    List<String> problems = new ArrayList<>();
    if (logFault != null) {
      problems.add("The pool file %s %s.".formatted(kind.log(data), logFault));
    }
    Path file = kind.map(data);
    if (part != null && !mapSound && !crashed) {
      problems.add(
          "The pool file %s %s."
              .formatted(
                  file,
                  Files.isRegularFile(file)
                      ? "is not what it was when the pool was closed"
                      : Files.exists(file) ? "is no file" : "is missing"));
    }
    return problems;
  }

  /** Frees the space of a map that is of no use. */
  void dropMap() throws IOException {
    if (logFault == null && !mapSound && Files.isRegularFile(kind.map(data))) {
      Files.delete(kind.map(data));
    }
  }

  /**
   * The entries, from where they are whole.
   *
   * @throws UserException when hardly anything is left
   */
  EntrySource.Rest rest() throws IOException {
    RandomAccessFile opened = log;
    LogEnd known = end;
    long acknowledged = known == null ? Long.MAX_VALUE : known.bytes();
    if (logFault == null && opened != null) {
      return new EntrySource.Rest(new LogScan(opened, id, acknowledged), null);
    }
    ValueMap there = map();
    if (there != null) {
      return new EntrySource.Rest(there, null);
    }
    if (opened == null) {
      throw damaged();
    }
    LogScan found = new LogScan(opened, id, acknowledged);
    int entries = found.numbers().length;
    if (entries == 0 && (expected() != 0 || opened.length() > LogRecord.HEAD_BYTES)) {
      throw damaged();
    }
    boolean whole = entries == expected() && found.whole() && headSound;
    String sentence =
        whole
            ? null
            : "%s entries of %s can be read; others may be lost, or removed ones be back."
                .formatted(
                    expected() < 0 ? "" + entries : entries + " of " + expected(), kind.log(data));
    return new EntrySource.Rest(found, sentence);
  }

  /** How many entries there were; -1 when nothing tells. */
  private long expected() {
    LogEnd known = end;
    return known == null ? -1 : known.entries();
  }

  private UserException damaged() {
    return new UserException(
        "The pool file %s %s, and %s is not what it was when the pool was closed."
            .formatted(kind.log(data), logFault, kind.map(data).getFileName()),
        Remedy.REBUILD);
  }

  @Override
  public void close() throws IOException {
    ValueMap there = map;
    if (there != null) {
      there.close();
    }
    RandomAccessFile opened = log;
    if (opened != null) {
      opened.close();
    }
  }
}
