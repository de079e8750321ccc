package io.lanpo.policy.djl;

import ai.djl.engine.EngineException;
import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.AdamW;
import io.lanpo.api.policy.Completion;
import io.lanpo.api.policy.GenerationRequest;
import io.lanpo.api.policy.Loss;
import io.lanpo.api.policy.LossTerm;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.PolicyInfo;
import io.lanpo.api.policy.Sampler;
import io.lanpo.api.policy.Scorer;
import io.lanpo.api.policy.Sequence;
import io.lanpo.api.policy.Tokenizer;
import io.lanpo.api.policy.TrainingExample;
import io.lanpo.api.policy.UpdateReport;
import io.lanpo.policy.djl.batch.LogProbScorer;
import io.lanpo.policy.djl.batch.WorkerThreads;
import io.lanpo.policy.djl.checkpoint.AdapterFolder;
import io.lanpo.policy.djl.checkpoint.Checkpoint;
import io.lanpo.policy.djl.checkpoint.CheckpointFiles;
import io.lanpo.policy.djl.checkpoint.ModelMetadata;
import io.lanpo.policy.djl.generate.Generator;
import io.lanpo.policy.djl.generate.StopCondition;
import io.lanpo.policy.djl.network.Network;
import io.lanpo.policy.djl.network.NonFinite;
import io.lanpo.policy.djl.network.WeightInitializer;
import io.lanpo.policy.djl.train.OptimizerState;
import io.lanpo.policy.djl.train.Trainer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A policy on this machine. Checks what it is asked and leaves the work to its parts. */
final class DjlPolicy implements Policy {
  private final ModelMetadata metadata;
  private final Checkpoint.Format format;
  private final Tokenizer tokenizer;
  private final Network network;
  private final PolicyInfo info;
  private final OptimizerState state;
  private final WorkerThreads workers;
  private final Generator generator;
  private final Sampler rollouts;
  private final LogProbScorer scorer;
  private final LogProbScorer unadapted;
  private final Trainer trainer;
  private final NonFinite nonFinite;
  private long version;

  DjlPolicy(
      String family,
      ModelMetadata metadata,
      Tokenizer tokenizer,
      Network network,
      PolicyLimits limits) {
    this.metadata = metadata;
    this.format = limits.format();
    this.tokenizer = tokenizer;
    this.network = network;
    int context = network.shape().context();
    info = new PolicyInfo(family, network.plan().parameters(), context, network.device());
    state = new OptimizerState(network, limits.halfMoments());
    nonFinite = new NonFinite(network);
    workers = new WorkerThreads(limits.workers(), network::prepareThread);
    int batch = limits.batch();
    int[] endTokens = metadata.endTokens().stream().mapToInt(end -> end).toArray();
    StopCondition stop = StopCondition.of(tokenizer, endTokens);
    generator = new Generator(network, workers, batch, limits.prefillTokens(), stop);
    rollouts =
        network.int8()
            ? new Rollouts(
                new Generator(network, true, workers, batch, limits.prefillTokens(), stop))
            : this;
    scorer = new LogProbScorer(network, workers, limits.updateTokens());
    unadapted = new LogProbScorer(network, workers, limits.updateTokens(), false);
    trainer =
        new Trainer(network, workers, state, limits.updateTokens(), limits.gradientCheckpointing());
  }

  /** Fills the weights with random numbers. */
  void initialize(long seed) {
    network.prepareThread();
    WeightInitializer.fill(network, seed);
  }

  /** Fills the weights from a checkpoint. */
  void restore(CheckpointFiles files) {
    network.prepareThread();
    version = new Checkpoint(network, state).read(files);
  }

  @Override
  public PolicyInfo info() {
    return info;
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
    return generate(generator, requests);
  }

  @Override
  public Sampler rollouts() {
    return rollouts;
  }

  /** Samples what is learned from by products in int8. */
  private final class Rollouts implements Sampler {
    private final Generator integers;

    Rollouts(Generator integers) {
      this.integers = integers;
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
      return DjlPolicy.this.generate(integers, requests);
    }
  }

  private List<List<Completion>> generate(Generator by, List<GenerationRequest> requests) {
    for (GenerationRequest request : requests) {
      if (request.prompt().length == 0 || request.completions() < 0) {
        throw new IllegalArgumentException("a request has a prompt and asks for 0 or more");
      }
      checkTokens(request.prompt(), network.shape().vocabulary());
      checkLength("a prompt", request.prompt().length, request.sampling().maxTokens());
    }
    network.prepareThread();
    return finite(
        () -> by.generate(requests),
        all -> all.stream().flatMap(List::stream).map(Completion::logProbs));
  }

  @Override
  public List<float[]> logProbs(List<Sequence> sequences, double temperature) {
    return logProbs(scorer, sequences, temperature);
  }

  /** Adapters that began with nothing added leave the weights under them what they were. */
  @Override
  public Optional<Scorer> reference(Path checkpoint) {
    Path start = Checkpoint.locate(checkpoint);
    if (network.adapters() == null || !AdapterFolder.bare(start, metadata.base())) {
      return Optional.empty();
    }
    return Optional.of((sequences, temperature) -> logProbs(unadapted, sequences, temperature));
  }

  private List<float[]> logProbs(LogProbScorer with, List<Sequence> sequences, double temperature) {
    if (!(temperature > 0)) {
      throw new IllegalArgumentException("temperature > 0; got " + temperature);
    }
    sequences.forEach(this::check);
    network.prepareThread();
    return finite(() -> with.logProbs(sequences, temperature), List::stream);
  }

  /** What the model computes; where it computes no numbers, or fails by that, what is to blame. */
  private <T> T finite(Supplier<T> work, Function<T, Stream<float[]>> numbers) {
    T result;
    try {
      result = work.get();
    } catch (EngineException e) {
      // tokens were checked: only a probability that is no number looks up a place that is not
      // there
      throw String.valueOf(e.getMessage()).contains("out of bounds")
          ? nonFinite.result(version)
          : nonFinite.weight(version).orElseThrow(() -> e);
    }
    if (numbers.apply(result).anyMatch(NonFinite::within)) {
      throw nonFinite.result(version);
    }
    return result;
  }

  @Override
  public UpdateReport update(List<LossTerm> terms, AdamW optimizer) {
    for (LossTerm term : terms) {
      for (TrainingExample example : term.examples()) {
        check(example.sequence());
        checkArrays(term, example);
      }
    }
    network.prepareThread();
    UpdateReport report;
    try {
      report = trainer.update(terms, optimizer);
    } catch (UserException e) { // weights that are no numbers give such a gradient
      throw nonFinite.weight(version).orElse(e);
    }
    if (!report.terms().isEmpty()) {
      version++;
    }
    return report;
  }

  private static void checkArrays(LossTerm term, TrainingExample example) {
    if (term.loss() instanceof Loss.ClippedSurrogate surrogate) {
      if (example.advantages().length == 0) {
        throw new IllegalArgumentException("term " + term.name() + " lacks advantages");
      }
      if (surrogate.klCoefficient() > 0 && example.referenceLogProbs().length == 0) {
        throw new IllegalArgumentException(
            "term " + term.name() + " has a KL penalty but lacks reference log-probabilities");
      }
    }
  }

  private void check(Sequence sequence) {
    checkTokens(sequence.prompt(), network.shape().vocabulary());
    checkTokens(sequence.completion(), network.shape().tokens());
    checkLength("a prompt", sequence.prompt().length, sequence.completion().length);
  }

  private void checkLength(String what, int prompt, int completion) {
    if (prompt + completion > info.contextLength()) {
      throw new UserException(
          "%s of %d tokens and a completion of %d are longer than the context of %d tokens"
              .formatted(what, prompt, completion, info.contextLength()),
          "Shorten the prompt or the longest completion, or use a model with a longer context.");
    }
  }

  private static void checkTokens(int[] tokens, int vocabulary) {
    for (int token : tokens) {
      if (token < 0 || token >= vocabulary) {
        throw new IllegalArgumentException(
            "token %d of a vocabulary of %d".formatted(token, vocabulary));
      }
    }
  }

  @Override
  public void save(Path folder) {
    network.prepareThread();
    new Checkpoint(network, state).write(folder, metadata, version, format, tokenizer::save);
  }

  @Override
  public void resetOptimizer() {
    network.prepareThread();
    state.reset();
  }

  @Override
  public void close() {
    workers.close();
    trainer.close();
    network.close();
  }
}
