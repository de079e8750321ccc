package io.lanpo.policy.tinker;

import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.Completion;
import io.lanpo.api.policy.GenerationRequest;
import io.lanpo.api.policy.Tokenizer;
import io.lanpo.libs.http.InFlight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * Samples completions, a request for each prompt, many at once. A text that ends a completion is
 * looked for here, as some servers take either tokens or texts to stop at: the tokens behind it
 * were sampled in vain.
 */
final class Sampler {
  /** Seeds are 31 bits wide, and the server counts on from one for each completion. */
  private static final long SEEDS = (1L << 31) - (1 << 20);

  private final TinkerServer server;
  private final InFlight inFlight;
  private final Tokenizer tokenizer;
  private final int[] ends;

  /**
   * @param ends end tokens that the model's folder names beside the tokenizer's
   */
  Sampler(TinkerServer server, InFlight inFlight, Tokenizer tokenizer, int[] ends) {
    this.server = server;
    this.inFlight = inFlight;
    this.tokenizer = tokenizer;
    int[] all = Arrays.copyOf(ends, ends.length + 1);
    all[ends.length] = tokenizer.endToken();
    this.ends = Arrays.stream(all).distinct().sorted().toArray();
  }

  List<List<Completion>> generate(RemoteModel model, List<GenerationRequest> requests) {
    String session = model.samplingSession();
    List<Supplier<List<Completion>>> tasks = new ArrayList<>(requests.size());
    for (GenerationRequest request : requests) {
      int number = model.nextSample();
      tasks.add(() -> request.completions() == 0 ? List.of() : sample(session, number, request));
    }
    return inFlight.all(tasks);
  }

  private List<Completion> sample(String session, int number, GenerationRequest request) {
    int seed = (int) Math.floorMod(request.seed() ^ request.seed() >>> 31, SEEDS);
    List<Sampled> samples =
        server.sample(
            session,
            number,
            request.prompt(),
            request.completions(),
            request.sampling(),
            seed,
            ends);
    if (samples.size() != request.completions()) {
      throw wrong(
          "%d completions where %d were asked for"
              .formatted(samples.size(), request.completions()));
    }
    return samples.stream().map(sample -> completion(sample, request)).toList();
  }

  private Completion completion(Sampled sample, GenerationRequest request) {
    int[] tokens = sample.tokens();
    if (tokens.length != sample.logProbs().length) {
      throw wrong(
          "%d tokens with %d log-probabilities".formatted(tokens.length, sample.logProbs().length));
    }
    if (tokens.length == 0 || tokens.length > request.sampling().maxTokens()) {
      throw wrong(
          "%d tokens where 1 to %d were asked for"
              .formatted(tokens.length, request.sampling().maxTokens()));
    }
    for (int i = 0; i < tokens.length; i++) {
      if (tokens[i] < 0 || tokens[i] >= tokenizer.vocabularySize()) {
        throw wrong(
            "token %d of a vocabulary of %d".formatted(tokens[i], tokenizer.vocabularySize()));
      }
      if (!(sample.logProbs()[i] <= 1e-3f) || Float.isInfinite(sample.logProbs()[i])) {
        throw wrong("the log-probability " + sample.logProbs()[i]);
      }
    }
    int end = stop(tokens, request.sampling().stop());
    return end == 0
        ? new Completion(tokens, sample.logProbs(), sample.stopped())
        : new Completion(Arrays.copyOf(tokens, end), Arrays.copyOf(sample.logProbs(), end), true);
  }

  /** How many tokens there are up to the one that completes a text to stop at; 0 if none does. */
  private int stop(int[] tokens, List<String> stop) {
    if (stop.stream().noneMatch(tokenizer.decode(tokens)::contains)) {
      return 0;
    }
    int low = 1;
    int high = tokens.length;
    while (low < high) { // a text that is there once stays there
      int middle = (low + high) >>> 1;
      String text = tokenizer.decode(Arrays.copyOf(tokens, middle));
      if (stop.stream().anyMatch(text::contains)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private UserException wrong(String what) {
    return new UserException(
        "the server %s sampled %s".formatted(server.endpoint(), what),
        "See that the server has the model whose tokenizer lies in the folder of the run's model.");
  }
}
