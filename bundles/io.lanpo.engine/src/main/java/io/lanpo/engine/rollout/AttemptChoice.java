package io.lanpo.engine.rollout;

import io.lanpo.api.feedback.Attempt;
import io.lanpo.api.feedback.AttemptSelector;
import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.feedback.JudgedAttemptSelector;
import io.lanpo.api.pool.Experience;
import io.lanpo.api.pool.ExperiencePool;
import io.lanpo.api.task.Question;
import io.lanpo.engine.call.ComponentCalls;
import io.lanpo.engine.generate.Randomness;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Has the attempt chosen that a review sees. Rewards and verdicts, which the pool knows, do not
 * reach the selector, but for one whose type says that it is told which attempts were right. A
 * selector that fails costs its review and no more.
 *
 * @param selection the run's selector
 * @param pool the run's
 * @param randomness the run's
 * @param calls calls the selector
 */
record AttemptChoice(
    AttemptSelector.Selection selection,
    ExperiencePool pool,
    Randomness randomness,
    ComponentCalls calls) {

  /** The attempt for a review that was planned; empty when there is none to show. */
  Optional<Attempt> choose(int step, RolloutBatch batch, RolloutBatch.Slot slot) {
    Question question = batch.problem(slot.problem()).question();
    long seed = randomness.seed("attempt-choice", step, slot.problem(), slot.turn());
    return calls.call(
        ComponentCalls.ATTEMPTS,
        () ->
            choose(batch, slot.problem(), slot.turn(), seed)
                .map(text -> new Attempt(question, text)),
        why -> Optional.empty());
  }

  private Optional<String> choose(RolloutBatch batch, int problem, int turn, long seed) {
    InStep attempts = new InStep(batch);
    return selection instanceof JudgedAttemptSelector.JudgedSelection told
        ? told.choose(attempts, batch.judgedAttempts(problem), problem, turn, seed)
        : selection.choose(attempts, problem, turn, seed);
  }

  /** The problem of which an attempt has to be sampled so that there is one for a review. */
  OptionalInt lacking(RolloutBatch batch, int problem) {
    return calls.call(
        ComponentCalls.ATTEMPTS,
        () -> {
          InStep attempts = new InStep(batch);
          OptionalInt lacking = selection.lacking(attempts, problem);
          lacking.ifPresent(attempts.questions()::get);
          return lacking;
        },
        why -> OptionalInt.empty());
  }

  /** What a selector may see of a step and the pool. */
  private final class InStep implements AttemptSelector.Attempts {
    private final RolloutBatch batch;

    InStep(RolloutBatch batch) {
      this.batch = batch;
    }

    @Override
    public List<Question> questions() {
      return batch.questions();
    }

    @Override
    public boolean tried(int question) {
      return batch.tried(question);
    }

    @Override
    public List<String> ofStep(int question) {
      return batch.plainAttempts(question);
    }

    @Override
    public List<String> past(int question) {
      List<String> past = new ArrayList<>();
      for (Experience trial : pool.attempts(batch.problem(question).question())) {
        if (trial.finished()
            && trial.mode() == FeedbackMode.SCRATCH
            && !trial.attempt().isBlank()) {
          past.add(0, trial.attempt());
        }
      }
      return past;
    }
  }
}
