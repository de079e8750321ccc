package io.lanpo.engine.run.sink;

import io.lanpo.api.component.Secrets;
import io.lanpo.api.component.UserException;
import io.lanpo.api.metrics.MetricsSink;
import io.lanpo.api.metrics.MetricsSink.Recording;
import io.lanpo.api.metrics.RecordedRun;
import io.lanpo.api.metrics.RecordedStep;
import io.lanpo.engine.run.components.PinnedComponent;
import io.lanpo.libs.threads.DaemonThreads;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Tells one sink what happens in a run, on a thread of its own. Whoever tells never waits, but at
 * the end, and there no longer than the limit. A sink that throws, or that takes longer for a call,
 * is named once in a warning and set aside.
 *
 * <p>No timer watches a call: whether one takes too long is seen when there is the next thing to
 * tell. Until then nothing is lost by it.
 */
final class SinkFeed {
  /** A sink that is so far behind will not catch up, and what waits for it takes memory. */
  private static final int MOST_WAITING = 10_000;

  /** What a sink is told, by what it has recorded already. */
  @FunctionalInterface
  interface Event {
    /**
     * @param last the last step that it had recorded when it was opened
     */
    void tell(Recording recording, int last);
  }

  /** Hands over the steps that the run had taken before, in order. */
  @FunctionalInterface
  interface History {
    void forEach(Consumer<RecordedStep> step);
  }

  private static final Event END = (recording, last) -> {};

  private final PinnedComponent sink;
  private final RecordedRun run;
  private final Duration limit;
  private final History history;
  private final Consumer<String> warn;
  private final BlockingQueue<Event> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
  private final AtomicBoolean aside = new AtomicBoolean();
  private final Thread thread;

  /** When the call under way began, by {@link System#nanoTime}. */
  private volatile long begun = System.nanoTime();

  private volatile boolean calling;

  private SinkFeed(
      PinnedComponent sink,
      RecordedRun run,
      Duration limit,
      History history,
      Consumer<String> warn) {
    this.sink = sink;
    this.run = run;
    this.limit = limit;
    this.history = history;
    this.warn = warn;
    this.thread = DaemonThreads.named("lanpo-sink-" + sink.name()).newThread(this::work);
  }

  /**
   * Opens the sink, and tells it the steps before that it does not have.
   *
   * @param limit how long it may take for a call
   * @param warn is told when the sink is set aside, and why
   */
  static SinkFeed begin(
      PinnedComponent sink,
      RecordedRun run,
      Duration limit,
      History history,
      Consumer<String> warn) {
    SinkFeed feed = new SinkFeed(sink, run, limit, history, warn);
    feed.thread.start();
    return feed;
  }

  /** Tells the sink something in its turn, or sets it aside. */
  void tell(Event event) {
    if (aside.get()) {
      return;
    }
    if (sink.use().lost()) {
      setAside("it went away");
    } else if (calling && System.nanoTime() - begun > limit.toNanos()) {
      setAside("it takes more than %d s for a call (metrics-limit)".formatted(limit.toSeconds()));
    } else if (!waiting.offer(event)) {
      setAside("it is %d calls behind".formatted(MOST_WAITING));
    }
  }

  /** Nothing more comes. */
  void end() {
    tell(END);
  }

  /**
   * Waits until the sink has been told everything.
   *
   * @param since when the end was told, by {@link System#nanoTime}; it waits for the limit from
   *     then on and no longer
   */
  void await(long since) {
    try {
      long left = limit.toNanos() - (System.nanoTime() - since);
      if (!aside.get() && left > 0) {
        TimeUnit.NANOSECONDS.timedJoin(thread, left);
      }
      if (thread.isAlive()) {
        setAside(
            "it was not done %d s after the end of the run (metrics-limit)"
                .formatted(limit.toSeconds()));
      }
    } catch (InterruptedException e) { // the process is to end
      setAside("it was not done when the process was to end", "");
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    try {
      calling = true;
      try (Recording recording = ((MetricsSink) sink.instance()).open(run)) {
        int last = recording.last();
        if (last < run.step()) {
          history.forEach(
              step -> {
                if (step.step() > last && step.step() <= run.step()) {
                  begun = System.nanoTime();
                  recording.step(step);
                }
              });
        }
        for (Event event = next(); event != END; event = next()) {
          event.tell(recording, last);
        }
      }
    } catch (Throwable e) { // whatever it is, it is the sink's
      setAside(e instanceof UserException told ? words(told) : "it threw " + e);
    } finally {
      calling = false;
    }
  }

  private Event next() throws InterruptedException {
    calling = false;
    Event event = waiting.take();
    begun = System.nanoTime();
    calling = true;
    return event;
  }

  private static String words(UserException told) {
    String next = told.nextStep();
    return told.getMessage() + (next.isEmpty() ? "" : ". " + next);
  }

  private void setAside(String why) {
    setAside(why, ", which goes on");
  }

  private void setAside(String why, String state) {
    if (aside.compareAndSet(false, true)) {
      warn.accept(
          "the %s is told nothing more of run %s%s: %s"
              .formatted(sink.title(), run.id(), state, Secrets.shown(why)));
      waiting.clear();
      thread.interrupt();
    }
  }
}
