package io.lanpo.engine.coldstart;

import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.Completion;
import io.lanpo.api.policy.GenerationRequest;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.Sampling;
import io.lanpo.api.task.Curriculum;
import io.lanpo.api.task.Exam;
import io.lanpo.engine.config.ColdStartSettings;
import io.lanpo.engine.generate.Randomness;
import io.lanpo.engine.update.TaskDemonstrations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Supervised learning on demonstrations until the policy passes its exams: it must be able to
 * execute, critique and distil before a reward can teach it what to execute.
 *
 * @param randomness source of the demonstrations
 */
public record ColdStart(ColdStartSettings settings, Curriculum curriculum, Randomness randomness) {
  /**
   * How a cold start ended.
   *
   * @param completed false when the watcher stopped it
   * @param passed whether every exam was passed
   * @param steps optimiser steps taken
   * @param exams share of items passed, by exam
   */
  public record Outcome(boolean completed, boolean passed, int steps, Map<String, Double> exams) {}

  /** Trains the policy in place. */
  public Outcome train(Policy policy, SupervisedTraining.Watcher watcher) {
    SupervisedTraining training =
        new SupervisedTraining(
            settings, new TaskDemonstrations(curriculum, policy.tokenizer()), randomness);
    int done = 0;
    for (int round = 0; round <= settings.extensions(); round++) {
      int steps = round == 0 ? settings.steps() : settings.extensionSteps();
      if (!training.round(policy, round, steps, done, watcher)) {
        return new Outcome(false, false, done, Map.of());
      }
      done += steps;
      Map<String, Double> results = examine(policy);
      boolean passed =
          exams().stream().allMatch(e -> results.getOrDefault(e.name(), 0.0) >= e.required());
      if (passed || round == settings.extensions()) {
        return new Outcome(true, passed, done, results);
      }
    }
    throw new IllegalStateException("a cold start has at least one round");
  }

  /** The refusal when the exams are not passed. */
  public UserException refusal(Outcome outcome) {
    List<String> failed =
        exams().stream()
            .filter(e -> outcome.exams().getOrDefault(e.name(), 0.0) < e.required())
            .map(
                e ->
                    "%s %.0f %% (required %.0f %%)"
                        .formatted(
                            e.name(),
                            100 * outcome.exams().getOrDefault(e.name(), 0.0),
                            100 * e.required()))
            .toList();
    return new UserException(
        "after a cold start of %d steps the policy does not pass: %s"
            .formatted(outcome.steps(), String.join(", ", failed)),
        "Raise coldstart.steps, try another seed, or set coldstart.gate=warn to go on all the same.");
  }

  private List<Exam> exams() {
    return curriculum.exams(randomness.generator("exams"));
  }

  private Map<String, Double> examine(Policy policy) {
    Map<String, Double> results = new LinkedHashMap<>();
    for (Exam exam : exams()) {
      List<GenerationRequest> requests = new ArrayList<>();
      for (int i = 0; i < exam.items().size(); i++) {
        requests.add(
            new GenerationRequest(
                policy.tokenizer().encode(exam.items().get(i).prompt()),
                1,
                Sampling.at(1, exam.maxTokens()),
                randomness.seed("exam-" + exam.name(), i)));
      }
      List<List<Completion>> answers = policy.generate(requests);
      int passed = 0;
      for (int i = 0; i < answers.size(); i++) {
        Completion answer = answers.get(i).get(0);
        if (answer.finished()
            && exam.items().get(i).passes().test(policy.tokenizer().decode(answer.tokens()))) {
          passed++;
        }
      }
      results.put(exam.name(), exam.items().isEmpty() ? 1 : passed / (double) exam.items().size());
    }
    return results;
  }
}
