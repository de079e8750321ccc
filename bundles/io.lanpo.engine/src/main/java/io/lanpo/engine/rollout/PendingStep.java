package io.lanpo.engine.rollout;

import io.lanpo.api.component.Setting;
import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.policy.Completion;
import io.lanpo.api.task.Prompt;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A step whose completions are sampled and not yet learned from, as a checkpoint keeps it: the
 * policy of the checkpoint could not sample them again. Verdicts are not part of it, a verifier
 * gives the same ones again.
 *
 * @param step the step's number
 * @param policyVersion updates that the weights had seen which sampled them
 * @param rollouts {@code [problems]} the completions of each problem
 * @param figures what it took
 * @param seconds elapsed seconds by part
 */
public record PendingStep(
    int step,
    long policyVersion,
    List<List<Line>> rollouts,
    StepRollouts.Figures figures,
    Map<String, Double> seconds) {

  public PendingStep {
    require(rollouts, "rollouts");
    require(figures, "figures");
    require(seconds, "seconds");
    rollouts.forEach(group -> require(group, "rollouts of a problem"));
  }

  /** From a file by hand, anything may be missing. */
  private static void require(@Nullable Object value, String key) {
    if (value == null) {
      throw new IllegalArgumentException("it lacks " + key);
    }
  }

  /**
   * A completion.
   *
   * @param mode the feedback its prompt carries
   * @param fellBack whether feedback was planned but there was nothing to show
   * @param prompt the words of the prompt
   * @param lessons the lessons in it
   * @param condensed the text in their place; null when they are as they are
   * @param promptTokens {@code [P]}
   * @param tokens {@code [T]}
   * @param logProbs {@code [T]} in nats
   * @param finished whether an end was reached
   */
  record Line(
      String mode,
      boolean fellBack,
      String prompt,
      List<Lesson> lessons,
      @Nullable String condensed,
      int[] promptTokens,
      int[] tokens,
      float[] logProbs,
      boolean finished) {

    Line {
      require(mode, "the mode of a completion");
      require(prompt, "the prompt of a completion");
      require(lessons, "the lessons of a completion");
      require(promptTokens, "the promptTokens of a completion");
      require(tokens, "the tokens of a completion");
      require(logProbs, "the logProbs of a completion");
      if (logProbs.length != tokens.length) {
        throw new IllegalArgumentException(
            "a completion has %d tokens and %d logProbs".formatted(tokens.length, logProbs.length));
      }
    }

    public static Line of(Rollout rollout) {
      ComposedPrompt composed = rollout.composed();
      Completion completion = rollout.completion();
      return new Line(
          Setting.word(composed.mode()),
          composed.fellBack(),
          composed.prompt().text(),
          composed.lessons(),
          composed.condensed().orElse(null),
          rollout.promptTokens(),
          completion.tokens(),
          completion.logProbs(),
          completion.finished());
    }

    /** The prompt with its words alone: its tokens are there, nothing is composed again. */
    ComposedPrompt composed() {
      return new ComposedPrompt(
          LogValues.constant("mode", FeedbackMode.class, mode),
          fellBack,
          new Prompt.Plain(prompt),
          lessons,
          Optional.ofNullable(condensed),
          false);
    }

    Completion completion() {
      return new Completion(tokens, logProbs, finished);
    }
  }

  public static PendingStep of(StepRollouts collected) {
    return new PendingStep(
        collected.step(),
        collected.policyVersion(),
        collected.groups().stream()
            .map(group -> group.rollouts().stream().map(Line::of).toList())
            .toList(),
        collected.figures(),
        collected.seconds());
  }
}
