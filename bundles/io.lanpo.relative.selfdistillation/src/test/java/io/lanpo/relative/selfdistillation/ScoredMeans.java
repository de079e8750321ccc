package io.lanpo.relative.selfdistillation;

import io.lanpo.api.objective.Means;
import io.lanpo.api.policy.Scorer;
import io.lanpo.api.policy.Sequence;
import io.lanpo.api.policy.Tokenizer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * A run of which a test says how probable words are: without feedback each has the log-probability
 * −1, and with feedback, which shows in a longer prompt, those listed have another.
 *
 * @param tokenizer of words
 * @param plainLength tokens of a prompt without feedback
 * @param informed log-probabilities of words with feedback; −1 where none is given
 * @param before the same for the policy before the first step
 */
record ScoredMeans(
    Tokenizer tokenizer, int plainLength, Map<String, Double> informed, Map<String, Double> before)
    implements Means {
  private List<float[]> scores(List<Sequence> sequences, Map<String, Double> withFeedback) {
    return sequences.stream()
        .map(
            s -> {
              float[] scores = new float[s.completion().length];
              for (int t = 0; t < scores.length; t++) {
                String word = tokenizer.decode(new int[] {s.completion()[t]});
                scores[t] =
                    s.prompt().length == plainLength
                        ? -1
                        : withFeedback.getOrDefault(word, -1.0).floatValue();
              }
              return scores;
            })
        .toList();
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
    return (sequences, temperature) -> scores(sequences, informed);
  }

  @Override
  public Scorer reference() {
    return (sequences, temperature) -> scores(sequences, before);
  }

  @Override
  public boolean hasDemonstrations() {
    return false;
  }

  @Override
  public Sequence demonstration(RandomGenerator random) {
    throw new IllegalStateException("none");
  }

  @Override
  public long seed(String purpose, long... position) {
    return Objects.hash(purpose, position.length);
  }
}
