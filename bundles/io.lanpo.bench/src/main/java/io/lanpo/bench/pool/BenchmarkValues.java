package io.lanpo.bench.pool;

import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.pool.Experience;
import io.lanpo.api.task.Question;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.Deflater;

/**
 * The experiences of a benchmark: the same for every store, by their number. A run that tries every
 * question 64 times; a quarter of the attempts has seen two of a thousand lessons.
 */
final class BenchmarkValues {
  /** What the attempts consist of. */
  enum Kind {
    /** Words, common ones more often; half of it remains when it is deflated. */
    TEXT,
    /** Letters by chance, of which nearly all remains. */
    NOISE
  }

  private static final int CORPUS = 4 << 20;
  private static final int WORDS = 2000;
  private static final int LESSONS = 1000;
  private static final int ATTEMPTS = 64;

  /** Values shorter than this are not packed. */
  private static final int SHORT = 1024;

  private final String corpus;
  private final int attemptBytes;

  /**
   * @param bytes size of an encoded experience
   */
  BenchmarkValues(Kind kind, int bytes) {
    this.corpus = kind == Kind.TEXT ? words() : noise();
    this.attemptBytes = Math.max(1, bytes - Encoding.encode(experience(1_000_001, "")).length);
  }

  private static String noise() {
    return new Random(1)
        .ints(CORPUS, 32, 127)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static String words() {
    Random random = new Random(1);
    List<String> words =
        IntStream.range(0, WORDS)
            .mapToObj(
                i ->
                    random
                        .ints(1 + random.nextInt(9), 'a', 'z' + 1)
                        .collect(
                            StringBuilder::new,
                            StringBuilder::appendCodePoint,
                            StringBuilder::append)
                        .append(' ')
                        .toString())
            .toList();
    StringBuilder text = new StringBuilder(CORPUS + 10);
    while (text.length() < CORPUS) {
      // as in a language, the k-th word comes about 1/k times as often as the first
      text.append(words.get((int) Math.pow(WORDS, random.nextDouble()) - 1));
      if (random.nextInt(12) == 0) {
        text.append(random.nextInt(1000)).append(random.nextInt(4) == 0 ? ".\n" : " ");
      }
    }
    return text.substring(0, CORPUS);
  }

  static String id(int number) {
    return "bench/%d/%d/%d".formatted(number / 128, number / 8 % 16, number % 8);
  }

  Experience experience(int number) {
    int from = new Random(number).nextInt(CORPUS - attemptBytes);
    return experience(number, corpus.substring(from, from + attemptBytes));
  }

  private static Experience experience(int number, String attempt) {
    int question = number / ATTEMPTS;
    boolean taught = number % 4 == 0;
    return new Experience(
        id(number),
        "bench",
        number / 128,
        number / 128,
        new Question("bench-" + question, "What is " + question + " times " + question * 7L + "?"),
        taught ? FeedbackMode.ABSTRACT : FeedbackMode.SCRATCH,
        taught
            ? List.of("lesson-" + number % LESSONS, "lesson-" + (number + 7) % LESSONS)
            : List.of(),
        attempt,
        true,
        new Experience.Outcome(
            Experience.Outcome.Kind.SCORED,
            number % 3 == 0 ? 1 : 0,
            number % 3 == 0,
            0.33,
            "expected 42"));
  }

  /**
   * Mean size for which a pool reserves space: deflated, but for short values. A pool packs a
   * little better than that.
   */
  int packedBytes() {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    try {
      return (int)
          IntStream.range(0, 1000)
              .map(i -> packedBytes(Encoding.encode(experience(i * 61)), deflater))
              .average()
              .orElseThrow();
    } finally {
      deflater.end();
    }
  }

  private static int packedBytes(byte[] value, Deflater deflater) {
    deflater.reset();
    deflater.setInput(value);
    deflater.finish();
    int packed = deflater.deflate(new byte[2 * value.length]);
    return value.length < SHORT ? value.length : Math.min(value.length, packed);
  }
}
