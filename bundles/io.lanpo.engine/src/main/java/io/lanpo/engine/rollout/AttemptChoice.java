package io.lanpo.engine.rollout;

import io.lanpo.api.feedback.Attempt;
import io.lanpo.api.feedback.AttemptSelector;
import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.feedback.JudgedAttempt;
import io.lanpo.api.feedback.JudgedAttemptSelector;
import io.lanpo.api.pool.Experience;
import io.lanpo.api.pool.ExperiencePool;
import io.lanpo.api.task.Question;
import io.lanpo.engine.call.ComponentCalls;
import io.lanpo.engine.call.Named;
import io.lanpo.engine.generate.Randomness;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Has the attempt chosen that a review sees: of those that the selector is offered, and no other
 * text. Rewards and verdicts, which the pool knows, do not reach the selector, but for one whose
 * type says that it is told which attempts were right. A selector that fails costs its review and
 * no more.
 *
 * @param selection the run's selector
 * @param pool the run's
 * @param randomness the run's
 * @param calls calls the selector
 */
record AttemptChoice(
    Named<AttemptSelector.Selection> selection,
    ExperiencePool pool,
    Randomness randomness,
    ComponentCalls calls) {

  /** The attempt for a review that was planned; empty when there is none to show. */
  Optional<Attempt> choose(int step, RolloutBatch batch, RolloutBatch.Slot slot) {
    Question question = batch.problem(slot.problem()).question();
    long seed = randomness.seed("attempt-choice", step, slot.problem(), slot.turn());
    InStep attempts = new InStep(batch);
    return calls
        .call(
            ComponentCalls.ATTEMPTS,
            selection.title(),
            () -> choose(attempts, slot.problem(), slot.turn(), seed),
            chosen ->
                chosen
                    .filter(text -> !attempts.offered.contains(text))
                    .map(text -> "chose a text that is no attempt which it was offered"),
            why -> Optional.<String>empty())
        .map(text -> new Attempt(question, text));
  }

  private Optional<String> choose(InStep attempts, int problem, int turn, long seed) {
    return selection.instance() instanceof JudgedAttemptSelector.JudgedSelection told
        ? told.choose(attempts, attempts.judged(problem), problem, turn, seed)
        : selection.instance().choose(attempts, problem, turn, seed);
  }

  /** The problem of which an attempt has to be sampled so that there is one for a review. */
  OptionalInt lacking(RolloutBatch batch, int problem) {
    return calls.call(
        ComponentCalls.ATTEMPTS,
        selection.title(),
        () -> selection.instance().lacking(new InStep(batch), problem),
        lacking ->
            lacking.stream()
                .filter(place -> place < 0 || place >= batch.size())
                .mapToObj(place -> "lacks question %d of %d".formatted(place, batch.size()))
                .findFirst(),
        why -> OptionalInt.empty());
  }

  /** What a selector may see of a step and the pool, and what it has been shown. */
  private final class InStep implements AttemptSelector.Attempts {
    private final Set<String> offered = new HashSet<>();
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
      return offer(batch.plainAttempts(question));
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
      return offer(past);
    }

    List<JudgedAttempt> judged(int question) {
      List<JudgedAttempt> judged = batch.judgedAttempts(question);
      judged.forEach(one -> offered.add(one.attempt().text()));
      return judged;
    }

    private List<String> offer(List<String> texts) {
      offered.addAll(texts);
      return texts;
    }
  }
}
