package io.lanpo.api.objective;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.policy.Sampling;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * From a step's judged completions to what the policy learns from them. A run names its objective
 * by {@code objective}; the objective's settings stand in the run under {@code objective.}
 */
@ConsumerType
public interface Objective {
  /** What a run may set, by keys without the prefix. */
  default List<Setting<?>> settings() {
    return List.of();
  }

  /**
   * Begins to learn in a run.
   *
   * @param settings checked
   * @throws io.lanpo.api.component.UserException for settings that contradict each other
   */
  Learning open(Settings settings);

  /**
   * The learning of one run. What it says depends on its arguments alone, so that a run that was
   * stopped goes on to the same bits. What it declares of itself it is asked once, before the run
   * begins. {@link #advantages} and {@link #updates} are called in threads of their own; their
   * arguments are the objective's to change. When one of them throws, or says what cannot be
   * learned from, the run stops in that step and names the objective.
   */
  @ConsumerType
  interface Learning {
    /**
     * Whether it ever changes the policy. Where it does not, a run needs no memory for an
     * optimiser, and what it finds out goes into the pool alone; an update is refused then.
     */
    default boolean learns() {
      return true;
    }

    /** Whether it asks for the {@linkplain Means#reference reference policy}. */
    default boolean needsReference() {
      return false;
    }

    /**
     * Every how many steps the reference becomes the policy as it is after that step.
     *
     * @return 0, as by default, when it stays the policy before the first step
     */
    default int referenceRefresh() {
      return 0;
    }

    /**
     * Whether it trains completions under the prompts with feedback that they were sampled from.
     * Without these, updates are shorter and take less memory.
     */
    default boolean trainsFeedbackPrompts() {
      return true;
    }

    /** Into how many updates the completions of a step are divided, where there are many. */
    default int miniBatches() {
      return 1;
    }

    /** Whether it asks for {@linkplain Means#demonstration demonstrations}. */
    default boolean needsDemonstrations() {
      return false;
    }

    /**
     * Whether it has importance weights for completions that other weights sampled than learn, or
     * the same ones in another precision: {@link Means#stale}. Without them a run does not sample
     * in another precision.
     */
    default boolean corrects() {
      return false;
    }

    /**
     * What was set and changes nothing, as what it goes with is off: a run tells of it and goes on.
     *
     * @return a sentence for each
     */
    default List<String> unused() {
      return List.of();
    }

    /**
     * Refuses what does not go with the way in which completions are sampled, before anything is.
     *
     * @param samplings how answers are sampled, and reviews where there are any
     * @throws io.lanpo.api.component.UserException naming the setting that does not
     */
    default void check(List<Sampling> samplings) {}

    /**
     * The advantages of a step's completions. They are what a run logs; an objective may give
     * tokens others. With {@code staleness = 1} another thread may be in {@link #updates} of the
     * step before.
     *
     * @param groups the groups of the step; with dynamic sampling perhaps none
     * @return {@code [groups][completions]} finite; 0 where the verifier gave no score
     */
    List<double[]> advantages(List<JudgedGroup> groups);

    /**
     * The updates of a step. The policy takes them in order, each an optimiser step; when this is
     * called it has taken none of them.
     *
     * @param step the step
     * @param means what an objective may ask for
     */
    Updates updates(JudgedStep step, Means means);
  }
}
