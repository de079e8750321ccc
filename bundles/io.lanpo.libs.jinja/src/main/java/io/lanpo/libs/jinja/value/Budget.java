package io.lanpo.libs.jinja.value;

import java.util.concurrent.TimeUnit;

/**
 * What one rendering may use. A chat template comes with a checkpoint from anywhere; one that loops
 * must not stop a run.
 *
 * <p>A long prompt takes some thousand steps and some million characters (every concatenation and
 * every loop around a text counts it again), so the bounds are far from what an honest template
 * needs; time is the bound for what the other two do not see.
 */
public final class Budget {
  static final long STEPS = 1_000_000;
  static final long CHARACTERS = 1L << 26;
  static final int DEPTH = 60;
  static final long SECONDS = 10;

  private final long started = System.nanoTime();
  private long steps;
  private long characters;
  private int depth;

  /** Counts evaluations, elements looked at, turns of a loop. */
  public void step(long count) {
    long before = steps;
    steps += count;
    if (steps > STEPS) {
      throw Stop.here(Stop.Kind.ENDLESS, "it takes more than %,d steps".formatted(STEPS));
    }
    if (steps >> 10 != before >> 10) {
      checkTime();
    }
  }

  /** Counts characters that are about to be written. */
  public void write(long count) {
    characters += count;
    if (characters > CHARACTERS) {
      throw Stop.here(
          Stop.Kind.ENDLESS, "it writes more than %,d characters".formatted(CHARACTERS));
    }
  }

  /** Enters a macro; {@link #leave} it again. */
  public void enter() {
    depth++;
    if (depth > DEPTH) {
      throw Stop.here(
          Stop.Kind.ENDLESS, "its macros call each other more than %d deep".formatted(DEPTH));
    }
  }

  public void leave() {
    depth--;
  }

  private void checkTime() {
    if (System.nanoTime() - started > TimeUnit.SECONDS.toNanos(SECONDS)) {
      throw Stop.here(Stop.Kind.ENDLESS, "it takes more than %d seconds".formatted(SECONDS));
    }
  }
}
