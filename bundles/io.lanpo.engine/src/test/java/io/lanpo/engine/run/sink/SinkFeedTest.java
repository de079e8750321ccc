package io.lanpo.engine.run.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanpo.api.component.UserException;
import io.lanpo.api.metrics.MetricsSink;
import io.lanpo.api.metrics.MetricsSink.Recording;
import io.lanpo.api.metrics.RecordedRun;
import io.lanpo.api.metrics.RecordedStep;
import io.lanpo.engine.config.ComponentKind;
import io.lanpo.engine.fixture.FakeComponents;
import io.lanpo.engine.fixture.FakeSink;
import io.lanpo.engine.run.components.ComponentPins;
import io.lanpo.engine.run.components.PinnedComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One sink, and what becomes of one that fails. */
@Timeout(120)
class SinkFeedTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String ASIDE =
      "the metrics sink mine of bundle bundle.mine 1.0.0 is told nothing more of run r, which goes"
          + " on: ";

  private final FakeComponents components = new FakeComponents();
  private final LinkedBlockingQueue<String> warnings = new LinkedBlockingQueue<>();

  private SinkFeed begin(MetricsSink sink, int step, Duration limit, SinkFeed.History history) {
    components.with(MetricsSink.class, "mine", sink);
    PinnedComponent pin =
        new ComponentPins(components.context(Map.of()), components)
            .pin("r", new ComponentPins.Request(ComponentKind.METRICS_SINKS, "mine", "test"));
    return SinkFeed.begin(
        pin,
        new RecordedRun("r", "small", Path.of("r"), Instant.EPOCH, Map.of(), Map.of(), step),
        limit,
        history,
        warnings::add);
  }

  private SinkFeed begin(MetricsSink sink, Duration limit) {
    return begin(sink, 0, limit, each -> {});
  }

  private static void step(SinkFeed feed, int step) {
    feed.tell((recording, last) -> recording.step(recorded(step)));
  }

  private static void end(SinkFeed feed) {
    feed.end();
    feed.await(System.nanoTime());
  }

  private static RecordedStep recorded(int step) {
    return new RecordedStep(step, 0, Map.of());
  }

  /** Does as it is told at one call, and nothing at the others. */
  private static MetricsSink at(String call, Runnable what) {
    return run -> {
      perform(call, "open", what);
      return new Recording() {
        @Override
        public int last() {
          perform(call, "last", what);
          return 0;
        }

        @Override
        public void step(RecordedStep step) {
          perform(call, "step", what);
        }

        @Override
        public void close() {
          perform(call, "close", what);
        }
      };
    };
  }

  private static void perform(String wanted, String call, Runnable what) {
    if (call.equals(wanted)) {
      what.run();
    }
  }

  @Test
  void everythingIsToldInOrderBeforeTheEnd() {
    FakeSink sink = new FakeSink(false);
    SinkFeed feed = begin(sink, LONG);
    step(feed, 1);
    step(feed, 2);
    end(feed);
    assertEquals(List.of("open at 0", "step 1", "step 2", "close"), sink.told());
    assertEquals(List.of(), List.copyOf(warnings));
  }

  /** The steps before the stop that it lacks, and none that the run takes again. */
  @Test
  void whatTheSinkLacksIsToldFirst() {
    SinkFeed.History four =
        each -> {
          for (int step = 1; step <= 4; step++) {
            each.accept(recorded(step));
          }
        };
    FakeSink keeping = new FakeSink(true);
    end(begin(keeping, 2, LONG, four));
    assertEquals(List.of("open at 2", "step 1", "step 2", "close"), keeping.told());
    end(begin(keeping, 3, LONG, four));
    assertEquals(List.of("open at 3", "step 3", "close"), keeping.told().subList(4, 7));
    assertEquals(List.of(), List.copyOf(warnings));
  }

  @Test
  void oneThatThrowsIsNamedOnceWhereverItDoes() {
    for (String call : List.of("open", "last", "step", "close")) {
      SinkFeed feed =
          begin(
              at(
                  call,
                  () -> {
                    throw new NoClassDefFoundError("oh");
                  }),
              LONG);
      step(feed, 1);
      step(feed, 2);
      end(feed);
      step(feed, 3);
      assertEquals(
          List.of(ASIDE + "it threw java.lang.NoClassDefFoundError: oh"), List.copyOf(warnings));
      warnings.clear();
    }
  }

  @Test
  void whatItSaysIsShownWithoutWhatIsSecret() {
    end(
        begin(
            at(
                "open",
                () -> {
                  throw new UserException("no answer of https://me:pass@there/x?token=T", "");
                }),
            LONG));
    assertEquals(
        List.of(ASIDE + "no answer of https://***@there/x?token=***"), List.copyOf(warnings));
  }

  @Test
  void oneThatHangsIsNamedAndInterrupted() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    Runnable hang =
        () -> {
          inside.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            interrupted.countDown();
          }
        };
    SinkFeed feed = begin(at("step", hang), Duration.ofMillis(1));
    step(feed, 1);
    inside.await();
    while (warnings.isEmpty()) {
      step(feed, 2);
    }
    interrupted.await();
    end(feed);
    assertEquals(
        List.of(ASIDE + "it takes more than 0 s for a call (metrics-limit)"),
        List.copyOf(warnings));
  }

  @Test
  void oneThatIsNotDoneAtTheEndIsNamed() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    SinkFeed feed =
        begin(
            at(
                "close",
                () -> {
                  while (true) {
                    try {
                      never.await();
                      return;
                    } catch (InterruptedException e) {
                      continue; // it does not even listen to that
                    }
                  }
                }),
            Duration.ofMillis(20));
    end(feed);
    assertEquals(
        List.of(ASIDE + "it was not done 0 s after the end of the run (metrics-limit)"),
        List.copyOf(warnings));
    never.countDown();
  }

  @Test
  void oneThatGoesAwayIsNamed() {
    SinkFeed feed = begin(new FakeSink(false), LONG);
    components.remove(MetricsSink.class, "mine");
    step(feed, 1);
    end(feed);
    assertEquals(List.of(ASIDE + "it went away"), List.copyOf(warnings));
  }
}
