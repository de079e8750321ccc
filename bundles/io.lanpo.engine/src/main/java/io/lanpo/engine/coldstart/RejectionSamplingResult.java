package io.lanpo.engine.coldstart;

import io.lanpo.api.component.Setting;
import io.lanpo.api.policy.Completion;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a policy wrote that was right, and how much it wrote to get there, by kind. */
public final class RejectionSamplingResult {
  private final Map<SampledDemonstration.Kind, Tally> tallies =
      new EnumMap<>(SampledDemonstration.Kind.class);
  private final List<SampledDemonstration> kept = new ArrayList<>();
  private long generatedTokens;

  RejectionSamplingResult() {}

  /**
   * How many completions of a kind there were.
   *
   * @param sampled completions that the policy wrote
   * @param right how many of them were right; of lessons, how many led to a right answer
   * @param kept how many of these are kept: distinct ones, up to a limit
   */
  public record Tally(int sampled, int right, int kept) {
    Tally plus(int moreSampled, int moreRight, int moreKept) {
      return new Tally(sampled + moreSampled, right + moreRight, kept + moreKept);
    }

    /** Share of the completions that were right. */
    public double share() {
      return sampled == 0 ? 0 : (double) right / sampled;
    }
  }

  /** What is kept, in the order in which it was written. */
  public List<SampledDemonstration> kept() {
    return List.copyOf(kept);
  }

  /** Counts by the word of the kind; kinds that were not tried are left out. */
  public Map<String, Tally> tallies() {
    Map<String, Tally> words = new LinkedHashMap<>();
    tallies.forEach((kind, tally) -> words.put(Setting.word(kind), tally));
    return words;
  }

  /** Completion tokens sampled. */
  public long generatedTokens() {
    return generatedTokens;
  }

  void sampled(SampledDemonstration.Kind kind, Completion completion, boolean right) {
    generatedTokens += completion.tokens().length;
    count(kind, 1, right ? 1 : 0, 0);
  }

  /** What the policy wrote when it was asked which lessons are relevant, or to condense them. */
  void judged(long tokens) {
    generatedTokens += tokens;
  }

  void rightAfterAll(SampledDemonstration.Kind kind) {
    count(kind, 0, 1, 0);
  }

  void keep(SampledDemonstration answer) {
    kept.add(answer);
    count(answer.kind(), 0, 0, 1);
  }

  private void count(SampledDemonstration.Kind kind, int sampled, int right, int more) {
    tallies.merge(
        kind, new Tally(sampled, right, more), (a, b) -> a.plus(b.sampled(), b.right(), b.kept()));
  }
}
