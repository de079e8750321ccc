package io.lanpo.objective;

import io.lanpo.api.objective.Means;
import io.lanpo.api.policy.Scorer;
import io.lanpo.api.policy.Sequence;
import io.lanpo.api.policy.Tokenizer;
import io.lanpo.api.task.Prompt;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.random.RandomGenerator;

/** A run of which every token has one probability, and a word is its hash. */
final class FakeMeans implements Means {
  private static final Scorer EVEN =
      (sequences, temperature) ->
          sequences.stream()
              .map(
                  s -> {
                    float[] scores = new float[s.completion().length];
                    Arrays.fill(scores, -1);
                    return scores;
                  })
              .toList();

  @Override
  public Tokenizer tokenizer() {
    return new Words();
  }

  @Override
  public double temperature() {
    return 1;
  }

  @Override
  public boolean stale() {
    return false;
  }

  @Override
  public Scorer policy() {
    return EVEN;
  }

  @Override
  public Scorer reference() {
    return EVEN;
  }

  @Override
  public boolean hasDemonstrations() {
    return true;
  }

  @Override
  public Sequence demonstration(RandomGenerator random) {
    return new Sequence(new int[] {1}, new int[2 + random.nextInt(3)]);
  }

  @Override
  public long seed(String purpose, long... position) {
    return Objects.hash(purpose, Arrays.hashCode(position));
  }

  private static final class Words implements Tokenizer {
    @Override
    public int[] encode(String text) {
      return Arrays.stream(text.split(" "))
          .mapToInt(w -> 3 + Math.abs(w.hashCode() % 90))
          .toArray();
    }

    @Override
    public int[] encode(Prompt prompt) {
      return encode(prompt.text());
    }

    @Override
    public String decode(int[] tokens) {
      return Arrays.toString(tokens);
    }

    @Override
    public int endToken() {
      return 2;
    }

    @Override
    public int vocabularySize() {
      return 100;
    }

    @Override
    public void save(Path folder) {
      throw new UnsupportedOperationException();
    }
  }
}
