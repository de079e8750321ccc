package io.lanpo.engine.run.preview;

import io.lanpo.api.policy.Tokenizer;
import io.lanpo.api.preview.Lengths;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Question;
import io.lanpo.api.task.Task;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Lengths in the tokens of a model.
 *
 * @param tokenizer the model's
 */
record PromptLengths(Tokenizer tokenizer) {
  /** Problems that are encoded; of more, so many at equal distances, and the longest. */
  private static final int MOST = 2000;

  private static final int LONGEST = 16;

  /** The prompts of a task's problems, as they are posed without feedback. */
  Lengths of(Task task) {
    List<Question> all =
        Stream.concat(task.training().stream(), task.heldOut().stream())
            .distinct()
            .map(Problem::question)
            .toList();
    int[] tokens = spread(all).mapToInt(question -> length(task, question)).toArray();
    Lengths some = Lengths.of(tokens);
    int longest =
        all.stream()
            .sorted(Comparator.comparingInt((Question q) -> q.text().length()).reversed())
            .limit(LONGEST)
            .mapToInt(question -> length(task, question))
            .max()
            .orElse(0);
    return new Lengths(some.median(), some.most95(), Math.max(some.longest(), longest));
  }

  private static Stream<Question> spread(List<Question> all) {
    int some = Math.min(MOST, all.size());
    return IntStream.range(0, some).mapToObj(i -> all.get((int) ((long) i * all.size() / some)));
  }

  private int length(Task task, Question question) {
    return tokenizer.encode(task.pose(question)).length;
  }

  /** Texts that the model would write. */
  Lengths of(List<String> texts) {
    return Lengths.of(texts.stream().mapToInt(text -> tokenizer.encode(text).length).toArray());
  }
}
