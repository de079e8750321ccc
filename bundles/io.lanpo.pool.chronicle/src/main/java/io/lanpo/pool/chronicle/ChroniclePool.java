package io.lanpo.pool.chronicle;

import io.lanpo.api.component.UserException;
import io.lanpo.api.pool.Experience;
import io.lanpo.api.pool.ExperiencePool;
import io.lanpo.api.pool.LessonUse;
import io.lanpo.api.pool.PoolStats;
import io.lanpo.api.pool.StoredLesson;
import io.lanpo.api.task.Question;
import io.lanpo.pool.chronicle.codec.ExperienceCodec;
import io.lanpo.pool.chronicle.codec.LessonCodec;
import io.lanpo.pool.chronicle.file.EntryLog;
import io.lanpo.pool.chronicle.file.FolderLock;
import io.lanpo.pool.chronicle.file.PoolFiles;
import io.lanpo.pool.chronicle.file.Remedy;
import io.lanpo.pool.chronicle.index.Eviction;
import io.lanpo.pool.chronicle.index.ExperienceEntry;
import io.lanpo.pool.chronicle.index.ExperienceIndex;
import io.lanpo.pool.chronicle.index.LessonEntry;
import io.lanpo.pool.chronicle.index.LessonIndex;
import io.lanpo.pool.chronicle.index.LessonUses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An open pool: indexes in memory over entries on disk. Only what is added makes others go: a pool
 * that holds more than its limits, because it was opened with other settings, keeps all until then.
 */
final class ChroniclePool implements ExperiencePool {
  /**
   * How much is kept.
   *
   * @param experiences most experiences
   * @param lessons most lessons
   * @param perProblem most experiences of one question, and most lessons of one source; 0 for any
   *     number
   * @param eviction who makes room
   */
  record Limits(int experiences, int lessons, int perProblem, Eviction eviction) {}

  private static final Logger LOG = LoggerFactory.getLogger(ChroniclePool.class);

  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final LessonIndex lessons = new LessonIndex();
  private final ExperienceIndex experiences;
  private final LessonUses uses;
  private final PoolFiles files;
  private final FolderLock folder;
  private final Limits limits;
  private boolean closed;

  /** Whether shortening has failed. */
  private boolean staysLong;

  /** Reads the entries of the files and takes over files and folder. */
  ChroniclePool(PoolFiles files, FolderLock folder, Limits limits) {
    this.files = files;
    this.folder = folder;
    this.limits = limits;
    this.experiences = new ExperienceIndex(limits.eviction());
    this.uses = new LessonUses(limits.eviction());
    index(files.lessons(), (number, value) -> index(number, LessonCodec.decode(value)));
    index(files.experiences(), (number, value) -> index(number, ExperienceCodec.decode(value)));
  }

  /** Takes an entry into the index. */
  private interface Indexing {
    void take(long number, byte[] value) throws IOException;
  }

  /** An entry that is as it was stored, but not understood, costs itself only. */
  private void index(EntryLog log, Indexing indexing) {
    List<String> strange = new ArrayList<>();
    for (long number : log.numbers()) {
      try {
        indexing.take(number, log.read(number));
      } catch (IOException e) {
        strange.add("%d (%s)".formatted(number, e.getMessage()));
      }
    }
    if (!strange.isEmpty()) {
      LOG.warn(
          "{}: {} entries cannot be read and are left out, the first is {}. {}",
          folder.folder(),
          strange.size(),
          strange.get(0),
          Remedy.REBUILD);
    }
  }

  @Override
  public void add(List<Experience> added) {
    changed(
        () -> {
          for (Experience e : added) {
            if (experiences.find(e.id()) == null) {
              makeRoomFor(e.question(), limits.perProblem() - 1);
              makeRoom(limits.experiences() - 1);
              EntryLog log = files.experiences();
              byte[] packed = log.pack(ExperienceCodec.encode(e));
              index(store(log, packed, this::evictExperience), e);
            }
          }
        });
  }

  @Override
  public void addLessons(List<StoredLesson> added) {
    changed(
        () -> {
          for (StoredLesson l : added) {
            if (!lessons.contains(l.lesson().id())) {
              makeRoomForLessons(l.lesson().source().text(), limits.perProblem() - 1);
              makeRoomForLessons(limits.lessons() - 1);
              EntryLog log = files.lessons();
              index(store(log, log.pack(LessonCodec.encode(l)), this::evictLesson), l);
            }
          }
        });
  }

  /** Appends a packed value; when space is short because values are large, others make room. */
  private static long store(EntryLog log, byte[] packed, Change evict) throws IOException {
    if (!log.fits(packed.length)) {
      throw new UserException(
          "An entry of %d KB is larger than the whole pool file.".formatted(packed.length >> 10),
          "Set pool.entry-bytes to the usual size of an experience.");
    }
    long number = log.append(packed);
    while (number < 0) {
      evict.make();
      number = log.append(packed);
    }
    return number;
  }

  private void makeRoom(int most) throws IOException {
    while (experiences.size() > most) {
      evictExperience();
    }
  }

  private void makeRoomForLessons(int most) throws IOException {
    while (lessons.size() > most) {
      evictLesson();
    }
  }

  private void makeRoomFor(Question question, int most) throws IOException {
    while (limits.perProblem() > 0 && experiences.count(question) > most) {
      remove(experiences.evicted(question));
    }
  }

  private void makeRoomForLessons(String source, int most) throws IOException {
    while (limits.perProblem() > 0 && lessons.count(source) > most) {
      remove(
          limits.eviction() == Eviction.OLDEST
              ? lessons.oldest(source)
              : lessons.leastUseful(source, uses));
    }
  }

  private void evictExperience() throws IOException {
    remove(experiences.evicted());
  }

  private void evictLesson() throws IOException {
    remove(limits.eviction() == Eviction.OLDEST ? lessons.oldest() : uses.leastUseful());
  }

  private void remove(ExperienceEntry entry) throws IOException {
    files.experiences().remove(entry.number());
    experiences.remove(entry);
    uses.remove(entry);
  }

  private void remove(LessonEntry entry) throws IOException {
    files.lessons().remove(entry.number());
    lessons.remove(entry);
    uses.remove(entry);
  }

  private void index(long number, Experience e) throws IOException {
    ExperienceEntry before = experiences.find(e.id());
    if (before != null) {
      // Damage brought back what was removed when the run was resumed.
      remove(before);
    }
    uses.add(experiences.add(number, e));
  }

  private void index(long number, StoredLesson l) throws IOException {
    LessonEntry before = lessons.find(l.lesson().id());
    if (before != null) {
      remove(before);
    }
    uses.add(lessons.add(number, l));
  }

  @Override
  public Optional<Experience> experience(String id) {
    return locked(lock.readLock(), () -> Optional.ofNullable(experiences.find(id)).map(this::read));
  }

  /** A snapshot by id: an entry that is evicted before the stream reaches it is left out. */
  @Override
  public Stream<Experience> experiences() {
    List<String> ids =
        locked(lock.readLock(), () -> experiences.all().stream().map(ExperienceEntry::id).toList());
    return ids.stream().flatMap(id -> experience(id).stream());
  }

  @Override
  public List<Experience> attempts(String questionId) {
    return locked(
        lock.readLock(), () -> experiences.ofId(questionId).stream().map(this::read).toList());
  }

  @Override
  public List<Experience> attempts(Question question) {
    return locked(
        lock.readLock(), () -> experiences.of(question).stream().map(this::read).toList());
  }

  private Experience read(ExperienceEntry entry) {
    try {
      return ExperienceCodec.decode(files.experiences().read(entry.number()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<StoredLesson> lessons() {
    return locked(lock.readLock(), lessons::lessons);
  }

  @Override
  public LessonUse use(String lessonText) {
    return locked(lock.readLock(), () -> uses.of(lessonText));
  }

  @Override
  public List<Question> questions() {
    return locked(lock.readLock(), experiences::questions);
  }

  /** Entries that were evicted to make room for the ones removed here do not come back. */
  @Override
  public void rollback(String run, int lastStep) {
    changed(
        () -> {
          for (ExperienceEntry e : List.copyOf(experiences.all())) {
            if (e.run().equals(run) && e.step() > lastStep) {
              remove(e);
            }
          }
          for (LessonEntry l : List.copyOf(lessons.all())) {
            if (l.stored().run().equals(run) && l.stored().step() > lastStep) {
              remove(l);
            }
          }
        });
  }

  @Override
  public PoolStats stats() {
    return locked(
        lock.readLock(),
        () -> {
          try {
            return new PoolStats(
                experiences.size(),
                lessons.size(),
                experiences.questionCount(),
                limits.experiences(),
                files.bytes(),
                experiences.perRun());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** What changes the pool. */
  private interface Change {
    void make() throws IOException;
  }

  private void changed(Change change) {
    locked(
        lock.writeLock(),
        () -> {
          try {
            try {
              change.make();
            } finally {
              files.acknowledge();
            }
          } catch (IOException e) {
            throw PoolFailure.of(folder.folder(), "cannot be written", e);
          }
          shorten();
          return change;
        });
  }

  /** Everything is stored already, so a disk without room for a copy stops nobody. */
  private void shorten() {
    if (!staysLong && files.wasteful()) {
      try {
        TimeLimit.uninterrupted(
            () -> {
              files.shorten();
              return files;
            });
      } catch (RuntimeException e) {
        staysLong = true;
        LOG.warn("The logs of the pool in {} stay long: {}", folder.folder(), e.toString());
      }
    }
  }

  private <T> T locked(Lock held, Supplier<T> work) {
    held.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the pool is closed");
      }
      return work.get();
    } finally {
      held.unlock();
    }
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        TimeLimit.uninterrupted(this::free);
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  private Void free() throws IOException {
    boolean orderly = false;
    try {
      files.close();
      orderly = true;
    } finally {
      folder.release(orderly);
    }
    return null;
  }
}
