package io.lanpo.api.policy;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** Samples completions with the weights of one version. */
@ConsumerType
public interface Sampler {
  /** The tokenizer that belongs to the weights. */
  Tokenizer tokenizer();

  /** How many updates these weights have seen. */
  long version();

  /**
   * Samples completions; requests are batched as the backend sees fit.
   *
   * @return for each request, in order, its completions
   * @throws io.lanpo.api.component.UserException when a prompt and its longest completion exceed
   *     the context
   */
  List<List<Completion>> generate(List<GenerationRequest> requests);

  /**
   * As {@link #generate(List)}, and tells of the completions of each request as soon as they are
   * there. By default, that is when all are.
   *
   * @param arrival is called once for every request, in any order, by any thread, never by two at
   *     once
   */
  default List<List<Completion>> generate(List<GenerationRequest> requests, Arrival arrival) {
    List<List<Completion>> all = generate(requests);
    for (int i = 0; i < all.size(); i++) {
      arrival.completed(i, all.get(i));
    }
    return all;
  }

  /** Hears of completions while others are still being sampled. */
  @FunctionalInterface
  interface Arrival {
    /**
     * The completions of a request are there.
     *
     * @param request index of the request
     * @param completions as many as it asked for
     */
    void completed(int request, List<Completion> completions);
  }
}
