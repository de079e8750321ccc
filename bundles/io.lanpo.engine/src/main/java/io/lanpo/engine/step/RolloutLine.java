package io.lanpo.engine.step;

import static io.lanpo.engine.rollout.LogValues.constant;
import static io.lanpo.engine.rollout.LogValues.required;

import io.lanpo.api.component.Setting;
import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.policy.Tokenizer;
import io.lanpo.api.pool.Experience;
import io.lanpo.api.pool.Experience.Outcome;
import io.lanpo.api.task.Question;
import io.lanpo.engine.rollout.Group;
import io.lanpo.engine.rollout.Rollout;
import io.lanpo.engine.rollout.StepRollouts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line of {@code rollouts.jsonl}: what happened to a completion, enough to read it and to fill a
 * pool with it, at once or again. A member that is not on a line is null.
 *
 * @param step the step
 * @param group counts the problems of the step, from 0
 * @param completion counts the completions of the problem, from 0
 * @param policyVersion updates that the weights had seen which sampled it
 * @param problem the problem's id
 * @param question its text
 * @param mode the word of the feedback mode
 * @param fellBack whether feedback was planned but there was nothing to show
 * @param lessons ids of the lessons that the prompt showed
 * @param condensed the text that the policy condensed them into and that the prompt showed in their
 *     place; null when they were shown as they are
 * @param prompt the prompt as the policy read it, with the marks of a chat template
 * @param text what the policy wrote
 * @param solution the solution within it; null when a review has none
 * @param tokens its length
 * @param finished false when the length limit cut it
 * @param verdict the word of the verdict's kind
 * @param reward the reward; 0 unless it was scored
 * @param accepted whether the verifier accepts it as right in every way
 * @param explanation the verdict's
 * @param baseline mean reward of the group
 * @param advantage its advantage within the group
 * @param sampled its tokens; null unless the run logs them
 */
public record RolloutLine(
    @Nullable Integer step,
    @Nullable Integer group,
    @Nullable Integer completion,
    @Nullable Long policyVersion,
    @Nullable String problem,
    @Nullable String question,
    @Nullable String mode,
    @Nullable Boolean fellBack,
    @Nullable List<String> lessons,
    @Nullable String condensed,
    @Nullable String prompt,
    @Nullable String text,
    @Nullable String solution,
    @Nullable Integer tokens,
    @Nullable Boolean finished,
    @Nullable String verdict,
    @Nullable Double reward,
    @Nullable Boolean accepted,
    @Nullable String explanation,
    @Nullable Double baseline,
    @Nullable Double advantage,
    @Nullable Sampled sampled) {

  /**
   * What an update takes from a completion, as the policy saw it.
   *
   * @param prompt {@code [P]} token ids
   * @param completion {@code [T]} token ids
   * @param logProbs {@code [T]} log-probability in nats with which each was sampled
   */
  public record Sampled(int[] prompt, int[] completion, float[] logProbs) {
    private static Sampled of(Rollout rollout) {
      return new Sampled(
          rollout.promptTokens(), rollout.completion().tokens(), rollout.completion().logProbs());
    }
  }

  /**
   * The lines of a step, in order.
   *
   * @param tokenizer the policy's
   * @param withTokens whether they have the tokens
   */
  static List<RolloutLine> of(StepRollouts step, Tokenizer tokenizer, boolean withTokens) {
    List<RolloutLine> lines = new ArrayList<>();
    for (int g = 0; g < step.groups().size(); g++) {
      Group group = step.groups().get(g);
      for (int i = 0; i < group.rollouts().size(); i++) {
        Rollout rollout = group.rollouts().get(i);
        String prompt = tokenizer.spelled(rollout.promptTokens());
        lines.add(line(step, g, i, rollout, prompt, withTokens ? Sampled.of(rollout) : null));
      }
    }
    return lines;
  }

  private static RolloutLine line(
      StepRollouts step, int g, int i, Rollout rollout, String prompt, @Nullable Sampled sampled) {
    Group group = step.groups().get(g);
    Question question = group.problem().question();
    Outcome outcome = rollout.outcome(group.meanReward());
    return new RolloutLine(
        step.step(),
        g,
        i,
        step.policyVersion(),
        question.id(),
        question.text(),
        Setting.word(rollout.composed().mode()),
        rollout.composed().fellBack(),
        rollout.composed().lessons().stream().map(Lesson::id).toList(),
        rollout.composed().condensed().orElse(null),
        prompt,
        rollout.text(),
        rollout.solution().orElse(null),
        rollout.completion().tokens().length,
        rollout.completion().finished(),
        Setting.word(outcome.kind()),
        outcome.reward(),
        outcome.accepted(),
        outcome.explanation(),
        outcome.baseline(),
        group.advantages()[i],
        sampled);
  }

  /**
   * The experience that it is for a pool.
   *
   * @param run the run's id
   * @throws IllegalArgumentException when the line lacks something; the message says what
   */
  public Experience experience(String run) {
    int at = required("step", step);
    return new Experience(
        "%s/%d/%d/%d"
            .formatted(run, at, required("group", group), required("completion", completion)),
        run,
        at,
        required("policyVersion", policyVersion),
        new Question(required("problem", problem), required("question", question)),
        constant("mode", FeedbackMode.class, mode),
        required("lessons", lessons),
        solution == null ? "" : solution,
        required("finished", finished),
        new Outcome(
            constant("verdict", Outcome.Kind.class, verdict),
            required("reward", reward),
            required("accepted", accepted),
            required("baseline", baseline),
            required("explanation", explanation)));
  }
}
