package io.lanpo.engine.method;

import io.lanpo.api.policy.Policy;
import io.lanpo.engine.config.TextSettings;
import org.jspecify.annotations.Nullable;

/**
 * A run's second policy, which writes text and learns nothing: lessons, answers to the similarity
 * filter, or both. Without one the policy under training writes everything, as in the paper; with
 * one that distils, lessons are no longer text of the policy that reads them.
 *
 * <p>Answers, reviews and evaluations are never its work, nor is anything in a cold start: a policy
 * that begins with its own answers is to learn from its own lessons, and what it began with is kept
 * for runs that have no second policy.
 *
 * <p>It is for one thread at a time: a step distils and then chooses lessons in the thread that
 * takes it, also where completions are sampled and learned from in others.
 */
public final class TextPolicy implements AutoCloseable {
  /** There is no second policy. */
  public static final TextPolicy NONE = new TextPolicy(null, null, null, "");

  private final @Nullable Policy policy;
  private final @Nullable Policy distiller;
  private final @Nullable Policy judge;
  private final String author;

  private TextPolicy(
      @Nullable Policy policy, @Nullable Policy distiller, @Nullable Policy judge, String author) {
    this.policy = policy;
    this.distiller = distiller;
    this.judge = judge;
    this.author = author;
  }

  /**
   * A second policy.
   *
   * @param policy opened; closed with this
   * @param name the name of its backend
   */
  public static TextPolicy of(Policy policy, String name, TextSettings settings) {
    return new TextPolicy(
        policy,
        settings.distils() ? policy : null,
        settings.judges() ? policy : null,
        settings.distils() ? name + ":" + policy.info().family() : "");
  }

  /** Who distils; tokens are counted with those of the run's own policy. */
  Generator distilling(Generator own) {
    return distiller == null ? own : own.with(distiller);
  }

  /** Who answers the similarity filter; tokens are counted with those of the run's own policy. */
  Generator judging(Generator own) {
    return judge == null ? own : own.with(judge);
  }

  /** By whom lessons are, {@code openai:MODEL}; empty when the policy under training distils. */
  String author() {
    return author;
  }

  @Override
  public void close() {
    if (policy != null) {
      policy.close();
    }
  }
}
