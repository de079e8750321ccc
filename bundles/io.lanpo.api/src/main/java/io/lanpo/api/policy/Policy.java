package io.lanpo.api.policy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A language model under training, seen as a service: it generates, scores, learns and saves
 * itself. A local backend and a remote cluster look alike from here.
 *
 * <p>Not safe for use by several threads at once, but for its {@link #sampler()}. The same calls in
 * the same order on the same machine give the same bits.
 *
 * <p>When the calling thread is interrupted, {@link #generate}, {@link #logProbs} and {@link
 * #update} end within a token or a batch, before any weight has changed, by a {@link
 * java.util.concurrent.CancellationException}; the interrupt status is then taken away, as by an
 * {@link InterruptedException}. A policy elsewhere may finish the call instead.
 */
@ConsumerType
public interface Policy extends Sampler, Scorer, AutoCloseable {
  /** Facts about this policy. */
  PolicyInfo info();

  /**
   * The weights as they are now, as a sampler that keeps them while another thread updates this
   * policy. It is safe for use by several threads, and good until this policy samples, or is asked
   * for a sampler, after an update.
   *
   * @return empty, as by default, when the policy samples and learns by turns only
   */
  default Optional<Sampler> sampler() {
    return Optional.empty();
  }

  /**
   * Samples what this policy is to learn from, with its weights as they are at the time. It may
   * compute more coarsely than this policy itself does, for speed; completions then need importance
   * weights. Not for use beside this policy.
   *
   * @return by default this policy, which samples as it learns
   */
  default Sampler rollouts() {
    return this;
  }

  /** Scores completions with the weights as they are now. */
  @Override
  List<float[]> logProbs(List<Sequence> sequences, double temperature);

  /**
   * The policy of a checkpoint folder as a scorer, where this policy has its weights in memory
   * anyway, as one that learns adapters has the weights under them. It is used by the thread that
   * uses this policy, and good until this policy is closed.
   *
   * @param checkpoint the folder with which training began
   * @return empty, as by default, when the folder has to be opened
   */
  default Optional<Scorer> reference(Path checkpoint) {
    return Optional.empty();
  }

  /**
   * One optimiser step on the sum of the terms. Nothing changes when it throws.
   *
   * @param terms the parts of the loss; without any example the weights stay as they are
   * @param optimizer the step
   */
  UpdateReport update(List<LossTerm> terms, AdamW optimizer);

  /**
   * Writes a checkpoint: weights, configuration, tokenizer, and the optimiser's state. It is
   * written beside {@code folder} and renamed, so that an older checkpoint there stays whole until
   * the new one is.
   *
   * @throws io.lanpo.api.component.UserException when it cannot be written, e.g. on a full disk
   */
  void save(Path folder);

  /** Forgets the optimiser's moments and step count, as at the begin of a new training phase. */
  void resetOptimizer();

  /** Frees the memory. */
  @Override
  void close();
}
