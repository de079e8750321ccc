package io.lanpo.policy.tinker;

import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.Completion;
import io.lanpo.api.policy.GenerationRequest;
import io.lanpo.api.policy.Sampler;
import io.lanpo.api.policy.Tokenizer;
import io.lanpo.libs.http.InFlight;
import io.lanpo.policy.tinker.protocol.RemoteModel;
import io.lanpo.policy.tinker.protocol.Sampled;
import io.lanpo.policy.tinker.protocol.TinkerServer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * Samples completions with weights that stay as they are, a request for each prompt, many at once.
 * A text that ends a completion is looked for here, as some servers take either tokens or texts to
 * stop at: the tokens behind it are dropped.
 */
final class SessionSampler implements Sampler {
  /** Seeds are 31 bits wide, and the server counts on from one for each completion. */
  private static final long SEEDS = (1L << 31) - (1 << 20);

  private final TinkerServer server;
  private final InFlight inFlight;
  private final Tokenizer tokenizer;
  private final int[] ends;
  private final ContextLimit context;
  private final RemoteModel model;
  private final String session;
  private final long version;

  /**
   * @param ends tokens that end a completion
   * @param context longest sequence
   * @param model numbers the requests
   * @param version updates that the weights of the model's sampling session have seen
   */
  SessionSampler(
      TinkerServer server,
      InFlight inFlight,
      Tokenizer tokenizer,
      int[] ends,
      ContextLimit context,
      RemoteModel model,
      long version) {
    this.server = server;
    this.inFlight = inFlight;
    this.tokenizer = tokenizer;
    this.ends = ends;
    this.context = context;
    this.model = model;
    this.session = model.samplingSession();
    this.version = version;
  }

  @Override
  public Tokenizer tokenizer() {
    return tokenizer;
  }

  @Override
  public long version() {
    return version;
  }

  @Override
  public List<List<Completion>> generate(List<GenerationRequest> requests) {
    return generate(requests, (request, completions) -> {});
  }

  @Override
  public List<List<Completion>> generate(List<GenerationRequest> requests, Arrival arrival) {
    requests.forEach(this::check);
    Object oneAtATime = new Object();
    List<Supplier<List<Completion>>> tasks = new ArrayList<>(requests.size());
    for (int i = 0; i < requests.size(); i++) {
      int request = i;
      int number = model.nextSample();
      tasks.add(
          () -> {
            List<Completion> completions = sample(number, requests.get(request));
            synchronized (oneAtATime) {
              arrival.completed(request, completions);
            }
            return completions;
          });
    }
    return tasks.isEmpty() ? List.of() : inFlight.all(tasks);
  }

  private void check(GenerationRequest request) {
    context.check(request.prompt().length, request.sampling().maxTokens());
    if (request.sampling().minP() > 0) {
      throw new UserException(
          "sampling with min-p = %s is not part of the Tinker protocol"
              .formatted(request.sampling().minP()),
          "Set min-p to 0; top-p and top-k are there.");
    }
  }

  private List<Completion> sample(int number, GenerationRequest request) {
    if (request.completions() == 0) {
      return List.of();
    }
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
