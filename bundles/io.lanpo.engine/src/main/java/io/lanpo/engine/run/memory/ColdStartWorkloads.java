package io.lanpo.engine.run.memory;

import io.lanpo.api.policy.Sequence;
import io.lanpo.api.policy.Tokenizer;
import io.lanpo.api.policy.Workload;
import io.lanpo.api.task.Curriculum;
import io.lanpo.api.task.Exam;
import io.lanpo.engine.config.ColdStartSettings;
import io.lanpo.engine.generate.Randomness;
import io.lanpo.engine.update.TaskDemonstrations;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a cold start from a task's demonstrations asks of a new policy. */
record ColdStartWorkloads(
    ColdStartSettings settings, Curriculum curriculum, Tokenizer tokenizer, long seed) {
  /** Demonstrations that are looked at for their lengths. */
  private static final int CANDIDATES = 64;

  /** Its updates, and each exam, which is asked in one call. */
  Stream<Workload> all() {
    Randomness randomness = new Randomness(seed);
    RandomGenerator random = randomness.generator("memory");
    TaskDemonstrations demonstrations = new TaskDemonstrations(curriculum, tokenizer);
    List<Sequence> shown =
        IntStream.range(0, CANDIDATES)
            .mapToObj(i -> demonstrations.demonstrate(i / (double) CANDIDATES, random))
            .toList();
    Workload update =
        new Workload(
            settings.batch(),
            1,
            longest(shown.stream().map(s -> s.prompt().length)),
            longest(shown.stream().map(s -> s.completion().length)),
            true);
    return Stream.concat(
        Stream.of(update),
        curriculum.exams(randomness.generator("exams")).stream()
            .filter(exam -> !exam.items().isEmpty())
            .map(this::workload));
  }

  private Workload workload(Exam exam) {
    int prompt = longest(exam.items().stream().map(i -> tokenizer.encode(i.prompt()).length));
    return new Workload(exam.items().size(), 1, prompt, exam.maxTokens(), true, 0);
  }

  private static int longest(Stream<Integer> lengths) {
    return Math.max(1, lengths.max(Comparator.naturalOrder()).orElse(1));
  }
}
