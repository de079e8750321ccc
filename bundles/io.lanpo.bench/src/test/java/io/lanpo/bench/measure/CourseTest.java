package io.lanpo.bench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.train.Progress;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CourseTest {
  private final Heard heard = new Heard();
  private final AtomicLong clock = new AtomicLong();
  private final Course course = new Course("stores", heard, clock::get);

  @AfterEach
  void notInterrupted() {
    assertFalse(Thread.interrupted());
  }

  @Test
  void saysWhatIsMeasuredHowFarItIsAndHowLongTheRestTakes() {
    course.prepare("opening");
    course.plan(2, 40);
    course.begin("small");
    clock.set(Duration.ofSeconds(2).toNanos());
    course.end(10, Map.of("entries/s", 5.0));
    course.begin("large");
    clock.set(Duration.ofSeconds(4).toNanos());
    course.advance(10);
    course.end(20, Map.of());
    assertEquals(
        List.of(
            new Progress("", "stores: opening", 0, 0, Duration.ZERO, Map.of()),
            new Progress("", "stores: small", 0, 2, Duration.ZERO, Map.of()),
            new Progress(
                "", "stores: small", 1, 2, Duration.ofSeconds(6), Map.of("entries/s", 5.0)),
            new Progress("", "stores: large", 1, 2, Duration.ofSeconds(6), Map.of()),
            new Progress("", "stores: large", 1, 2, Duration.ofSeconds(4), Map.of()),
            new Progress("", "stores: large", 2, 2, Duration.ZERO, Map.of())),
        heard.all());
  }

  @Test
  void anInterruptionEndsItBetweenTwoUnits() throws IOException {
    List<String> done = new ArrayList<>();
    course.run(
        () -> {
          course.begin("first");
          done.add("first");
          Thread.currentThread().interrupt();
          done.add("rest of first");
          course.begin("second");
          done.add("second");
        });
    assertTrue(Thread.interrupted(), "the interrupt status is kept");
    assertEquals(List.of("first", "rest of first"), done);
  }

  /** So that a store can be closed in good order. */
  @Test
  void cleaningUpIsNotInterrupted() throws IOException {
    List<Boolean> status = new ArrayList<>();
    course.run(
        () -> {
          try {
            Thread.currentThread().interrupt();
            course.check();
          } finally {
            status.add(Thread.currentThread().isInterrupted());
          }
        });
    assertTrue(Thread.interrupted());
    assertEquals(List.of(false), status);
  }

  @Test
  void onlyAFailureWithoutAnInterruptionIsOne() throws IOException {
    course.run(
        () -> {
          Thread.currentThread().interrupt();
          throw new IOException("closed by the interruption");
        });
    assertTrue(Thread.interrupted());
    assertThrows(
        IOException.class,
        () ->
            course.run(
                () -> {
                  throw new IOException("the disk is full");
                }));
  }
}
