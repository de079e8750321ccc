package io.lanpo.engine.evaluate;

import io.lanpo.api.metrics.TextSample;
import io.lanpo.api.train.EvaluationMode;
import io.lanpo.engine.rollout.Rollout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Keeps the first completion of some problems in each mode, as text to be shown. */
final class TextSamples {
  private final Set<Integer> numbers;
  private final List<TextSample> kept = new ArrayList<>();

  private TextSamples(Set<Integer> numbers) {
    this.numbers = numbers;
  }

  /** Keeps those of the first of some problems. */
  static TextSamples ofFirst(int problems, int[] numbers) {
    return new TextSamples(
        Arrays.stream(numbers).limit(problems).boxed().collect(Collectors.toUnmodifiableSet()));
  }

  /** Keeps nothing. */
  static TextSamples none() {
    return new TextSamples(Set.of());
  }

  void add(EvaluationMode mode, int number, int sample, String problem, Rollout rollout) {
    if (sample == 0 && numbers.contains(number)) {
      kept.add(
          new TextSample(
              mode, problem, rollout.composed().prompt().text(), rollout.text(), rollout.reward()));
    }
  }

  List<TextSample> kept() {
    return kept;
  }
}
