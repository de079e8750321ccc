package io.lanpo.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Gives a reader damaged inputs, one after the other: it may read them or refuse them, but neither
 * break nor hang.
 *
 * <p>{@code -Dlanpo.fuzz.inputs=N} for another number of them for each reader, {@code
 * -Dlanpo.fuzz.seed=S} for others; the profile {@code nightly} of the build sets both. A failure
 * prints its input; where the process itself ends, the input lies in {@code target/fuzz/input}.
 */
public final class Fuzz {
  private static final int DEFAULT = 2000;

  /** A guard against what never ends; no reader comes near it on any machine. */
  private static final int SECONDS = 60;

  private static final int SHOWN = 2000;

  /** What is being read, for the case that native code ends the whole process. */
  private static final Path LAST = Path.of("target", "fuzz", "input");

  private final Mutator mutator;
  private final Set<Class<? extends Throwable>> allowed = new HashSet<>();
  private int share = 1;

  private Fuzz(Mutator mutator) {
    this.mutator = mutator;
  }

  /** Reads an input. */
  @FunctionalInterface
  public interface Reader {
    void read(byte[] input) throws Exception;
  }

  /**
   * Fuzzing with some inputs that are sound.
   *
   * @param pieces that are put into them: words of the format, odd values
   */
  public static Fuzz of(List<byte[]> sound, List<String> pieces) {
    return new Fuzz(new Mutator(Long.getLong("lanpo.fuzz.seed", 7), sound, pieces));
  }

  /** The same with inputs that are texts. */
  public static Fuzz ofTexts(List<String> sound, List<String> pieces) {
    return of(sound.stream().map(t -> t.getBytes(StandardCharsets.UTF_8)).toList(), pieces);
  }

  /** How a reader may refuse an input. */
  public Fuzz allowing(Class<? extends Throwable> refusal) {
    allowed.add(refusal);
    return this;
  }

  /** For a reader that is slow: one input in so many. */
  public Fuzz oneIn(int slower) {
    share = slower;
    return this;
  }

  /**
   * Reads damaged inputs.
   *
   * @throws AssertionError with the input, when one is neither read nor refused, or takes too long
   */
  public void run(Reader reader) {
    int inputs = Math.max(1, Integer.getInteger("lanpo.fuzz.inputs", DEFAULT) / share);
    ExecutorService thread = Executors.newSingleThreadExecutor(Fuzz::daemon);
    try {
      Files.createDirectories(LAST.resolveSibling(""));
      for (int i = 0; i < inputs; i++) {
        byte[] input = mutator.next();
        Files.write(LAST, input);
        Future<?> read =
            thread.submit(
                () -> {
                  reader.read(input);
                  return null;
                });
        check(read, i, input);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      thread.shutdownNow();
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "fuzz");
    thread.setDaemon(true);
    return thread;
  }

  private void check(Future<?> read, int number, byte[] input) {
    try {
      read.get(SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError(shown("not read within %d s".formatted(SECONDS), number, input), e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause == null || allowed.stream().noneMatch(refusal -> refusal.isInstance(cause))) {
        throw new AssertionError(shown(String.valueOf(cause), number, input), cause);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static String shown(String what, int number, byte[] input) {
    byte[] first = Arrays.copyOf(input, Math.min(SHOWN, input.length));
    return "%s%ninput %d of %d bytes, as text: %s%nin Base64: %s"
        .formatted(
            what,
            number,
            input.length,
            new String(first, StandardCharsets.UTF_8),
            Base64.getEncoder().encodeToString(first));
  }
}
