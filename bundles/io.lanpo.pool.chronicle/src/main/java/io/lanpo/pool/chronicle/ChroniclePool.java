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
import io.lanpo.pool.chronicle.index.Eviction;
import io.lanpo.pool.chronicle.index.ExperienceEntry;
import io.lanpo.pool.chronicle.index.ExperienceIndex;
import io.lanpo.pool.chronicle.index.LessonEntry;
import io.lanpo.pool.chronicle.index.LessonIndex;
import io.lanpo.pool.chronicle.index.LessonUses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

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

  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final LessonIndex lessons = new LessonIndex();
  private final ExperienceIndex experiences;
  private final LessonUses uses;
  private final PoolFiles files;
  private final FolderLock folder;
  private final Limits limits;
  private boolean closed;

  /** Reads the entries of the files and takes over files and folder. */
  ChroniclePool(PoolFiles files, FolderLock folder, Limits limits) throws IOException {
    this.files = files;
    this.folder = folder;
    this.limits = limits;
    this.experiences = new ExperienceIndex(limits.eviction());
    this.uses = new LessonUses(limits.eviction());
    for (long number : files.lessons().numbers()) {
      index(number, LessonCodec.decode(files.lessons().read(number)));
    }
    for (long number : files.experiences().numbers()) {
      index(number, ExperienceCodec.decode(files.experiences().read(number)));
    }
  }

  @Override
  public void add(List<Experience> added) {
    locked(
        lock.writeLock(),
        () -> {
          for (Experience e : added) {
            if (experiences.find(e.id()) == null) {
              makeRoomFor(e.question().id(), limits.perProblem() - 1);
              makeRoom(limits.experiences() - 1);
              EntryLog log = files.experiences();
              byte[] packed = log.pack(ExperienceCodec.encode(e));
              index(store(log, packed, this::evictExperience), e);
            }
          }
          return added;
        });
  }

  @Override
  public void addLessons(List<StoredLesson> added) {
    locked(
        lock.writeLock(),
        () -> {
          for (StoredLesson l : added) {
            if (!lessons.contains(l.lesson().id())) {
              makeRoomForLessons(l.lesson().source().id(), limits.perProblem() - 1);
              makeRoomForLessons(limits.lessons() - 1);
              EntryLog log = files.lessons();
              index(store(log, log.pack(LessonCodec.encode(l)), this::evictLesson), l);
            }
          }
          return added;
        });
  }

  /** Appends a packed value; when space is short because values are large, others make room. */
  private static long store(EntryLog log, byte[] packed, Runnable evict) {
    if (!log.fits(packed.length)) {
      throw new UserException(
          "An entry of %d KB is larger than the whole pool file.".formatted(packed.length >> 10),
          "Set pool.entry-bytes to the usual size of an experience.");
    }
    long number = log.append(packed);
    while (number < 0) {
      evict.run();
      number = log.append(packed);
    }
    return number;
  }

  private void makeRoom(int most) {
    while (experiences.size() > most) {
      evictExperience();
    }
  }

  private void makeRoomForLessons(int most) {
    while (lessons.size() > most) {
      evictLesson();
    }
  }

  private void makeRoomFor(String questionId, int most) {
    while (limits.perProblem() > 0 && experiences.count(questionId) > most) {
      remove(experiences.evicted(questionId));
    }
  }

  private void makeRoomForLessons(String source, int most) {
    while (limits.perProblem() > 0 && lessons.count(source) > most) {
      remove(
          limits.eviction() == Eviction.OLDEST
              ? lessons.oldest(source)
              : lessons.leastUseful(source, uses));
    }
  }

  private void evictExperience() {
    remove(experiences.evicted());
  }

  private void evictLesson() {
    remove(limits.eviction() == Eviction.OLDEST ? lessons.oldest() : uses.leastUseful());
  }

  private void remove(ExperienceEntry entry) {
    files.experiences().remove(entry.number());
    experiences.remove(entry);
    uses.remove(entry);
  }

  private void remove(LessonEntry entry) {
    files.lessons().remove(entry.number());
    lessons.remove(entry);
    uses.remove(entry);
  }

  private void index(long number, Experience e) {
    uses.add(experiences.add(number, e));
  }

  private void index(long number, StoredLesson l) {
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
        lock.readLock(), () -> experiences.of(questionId).stream().map(this::read).toList());
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
    locked(
        lock.writeLock(),
        () -> {
          List.copyOf(experiences.all()).stream()
              .filter(e -> e.run().equals(run) && e.step() > lastStep)
              .forEach(this::remove);
          List.copyOf(lessons.all()).stream()
              .filter(l -> l.stored().run().equals(run) && l.stored().step() > lastStep)
              .forEach(this::remove);
          return run;
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
