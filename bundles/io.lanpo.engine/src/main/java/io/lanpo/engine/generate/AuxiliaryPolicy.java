package io.lanpo.engine.generate;

import io.lanpo.api.policy.Sampler;
import io.lanpo.engine.config.TextSettings;
import org.jspecify.annotations.Nullable;

/**
 * A run's auxiliary policy, which writes text and learns nothing: lessons, answers to the
 * similarity filter, or both. Without one the policy under training writes everything, as in the
 * paper; with one that distils, lessons are no longer text of the policy that reads them.
 *
 * <p>Answers, reviews and evaluations are never its work, nor is anything in a cold start: a policy
 * that begins with its own answers is to learn from its own lessons, and what it began with is kept
 * for runs that have no auxiliary policy.
 *
 * <p>It is for one thread at a time: a step distils and then chooses lessons in the thread that
 * takes it, also where completions are sampled and learned from in others.
 */
public final class AuxiliaryPolicy implements AutoCloseable {
  /** There is no auxiliary policy. */
  public static final AuxiliaryPolicy NONE = new AuxiliaryPolicy(null, null, "", () -> {});

  private final @Nullable Sampler distiller;
  private final @Nullable Sampler judge;
  private final String author;
  private final Runnable close;

  private AuxiliaryPolicy(
      @Nullable Sampler distiller, @Nullable Sampler judge, String author, Runnable close) {
    this.distiller = distiller;
    this.judge = judge;
    this.author = author;
    this.close = close;
  }

  /**
   * An auxiliary policy.
   *
   * @param writer who writes
   * @param author its name, {@code BACKEND:MODEL}
   * @param close closes it, when this is closed
   */
  public static AuxiliaryPolicy of(
      Sampler writer, String author, TextSettings settings, Runnable close) {
    return new AuxiliaryPolicy(
        settings.distils() ? writer : null,
        settings.judges() ? writer : null,
        settings.distils() ? author : "",
        close);
  }

  /** Who distils; tokens are counted with those of the run's own policy. */
  public Generator distilling(Generator own) {
    return distiller == null ? own : own.with(distiller);
  }

  /** Who answers the similarity filter; tokens are counted with those of the run's own policy. */
  Generator judging(Generator own) {
    return judge == null ? own : own.with(judge);
  }

  /** By whom lessons are, {@code openai:MODEL}; empty when the policy under training distils. */
  public String author() {
    return author;
  }

  @Override
  public void close() {
    close.run();
  }
}
