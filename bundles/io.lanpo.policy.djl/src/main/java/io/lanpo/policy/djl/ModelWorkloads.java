package io.lanpo.policy.djl;

import io.lanpo.api.policy.AdamW;
import io.lanpo.api.policy.GenerationRequest;
import io.lanpo.api.policy.Loss;
import io.lanpo.api.policy.LossTerm;
import io.lanpo.api.policy.Sampling;
import io.lanpo.api.policy.Sequence;
import io.lanpo.api.policy.TrainingExample;
import io.lanpo.policy.djl.batch.WorkerThreads;
import io.lanpo.policy.djl.checkpoint.Checkpoint;
import io.lanpo.policy.djl.generate.Generator;
import io.lanpo.policy.djl.generate.StopCondition;
import io.lanpo.policy.djl.model.DecoderShape;
import io.lanpo.policy.djl.model.Families;
import io.lanpo.policy.djl.model.LoraConfig;
import io.lanpo.policy.djl.model.ModelConfig;
import io.lanpo.policy.djl.network.Network;
import io.lanpo.policy.djl.train.OptimizerState;
import io.lanpo.policy.djl.train.Trainer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Generation and updates of a checkpoint on random tokens, as {@link ModelBenchmark} wants them.
 */
final class ModelWorkloads implements AutoCloseable {
  /** Completions never end before their limit. */
  private static final StopCondition NO_END = new StopCondition(new int[0], tokens -> "");

  /** A rate that leaves the weights nearly as they are, however often they are updated. */
  private static final AdamW OPTIMIZER = new AdamW(1e-9, .9, .95, 1e-8, 0, 1);

  private static final int PREFILL_TOKENS = 4096;

  private final Network network;
  private final WorkerThreads workers;
  private final Trainer trainer;
  private final double headGflop;
  private final double blocksGflop;
  private final double gigabytes;

  /**
   * @param threads threads within one operation
   */
  ModelWorkloads(Path folder, int workerCount, int threads, int updateTokens, boolean recompute) {
    Path found = Checkpoint.found(folder);
    ModelConfig config = ModelConfig.read(found);
    network = Network.on("cpu", Families.of(config).shape(config), LoraConfig.NONE, threads, false);
    network.prepareThread();
    OptimizerState state = new OptimizerState(network);
    new Checkpoint(network, state).read(found);
    workers = new WorkerThreads(workerCount, network::prepareThread);
    trainer = new Trainer(network, workers, state, updateTokens, recompute);
    DecoderShape shape = network.shape();
    double head = (double) shape.vocabulary() * shape.width();
    double tables = head * (shape.tiedHead() ? 1 : 2);
    headGflop = 2e-9 * head;
    blocksGflop = 2e-9 * (network.plan().parameters() - tables);
    gigabytes = 1e-9 * Float.BYTES * (network.plan().parameters() - tables + head);
  }

  Network network() {
    return network;
  }

  private static String name(String what, int prompts, int group, int prompt, int completion) {
    return "%s %d x %d, %d + %d tokens".formatted(what, prompts, group, prompt, completion);
  }

  /** Completions for groups; counts their tokens. */
  ModelBenchmark.Item generate(int prompts, int group, int prompt, int completion) {
    return new ModelBenchmark.Item(
        name("generate", prompts, group, prompt, completion),
        (double) prompts * group * completion,
        generationGflop(prompts, group, prompt, completion),
        gigabytes * completion,
        () -> generated(prompts, group, prompt, completion));
  }

  private double generationGflop(int prompts, int group, int prompt, int completion) {
    return blocksGflop * prompts * prompt
        + (blocksGflop + headGflop) * prompts * group * completion;
  }

  private void generated(int prompts, int group, int prompt, int completion) {
    List<GenerationRequest> requests =
        IntStream.range(0, prompts)
            .mapToObj(
                p -> new GenerationRequest(tokens(prompt, p), group, Sampling.at(1, completion), p))
            .toList();
    new Generator(network, workers, prompts * group, PREFILL_TOKENS, NO_END).generate(requests);
  }

  /** An update on groups; counts the tokens of all sequences, each with its prompt. */
  ModelBenchmark.Item update(int prompts, int group, int prompt, int completion) {
    return new ModelBenchmark.Item(
        name("update", prompts, group, prompt, completion),
        (double) prompts * group * (prompt + completion),
        updateGflop(prompts, group, prompt, completion),
        0,
        () -> updated(prompts, group, prompt, completion));
  }

  private double updateGflop(int prompts, int group, int prompt, int completion) {
    double completions = (double) prompts * group * completion;
    return 3 * (blocksGflop * (prompts * prompt + completions) + headGflop * completions);
  }

  private void updated(int prompts, int group, int prompt, int completion) {
    List<TrainingExample> examples = new ArrayList<>();
    float[] scale = new float[completion];
    Arrays.fill(scale, 1f / (prompts * group * completion));
    for (int i = 0; i < prompts * group; i++) {
      float[] advantages = new float[completion];
      Arrays.fill(advantages, i % 2 == 0 ? 1 : -1);
      Sequence sequence = new Sequence(tokens(prompt, i / group), tokens(completion, 1000 + i));
      examples.add(new TrainingExample(sequence, scale, advantages, new float[0], new float[0]));
    }
    Loss loss = new Loss.ClippedSurrogate(.2, .2, 0, 1);
    trainer.update(List.of(new LossTerm("policy-gradient", loss, examples)), OPTIMIZER);
  }

  /** Completions for groups and an update on as many; counts the tokens of all sequences. */
  ModelBenchmark.Item step(int prompts, int group, int prompt, int completion) {
    return new ModelBenchmark.Item(
        name("step", prompts, group, prompt, completion),
        (double) prompts * group * (prompt + completion),
        generationGflop(prompts, group, prompt, completion)
            + updateGflop(prompts, group, prompt, completion),
        0,
        () -> {
          generated(prompts, group, prompt, completion);
          updated(prompts, group, prompt, completion);
        });
  }

  private int[] tokens(int length, int seed) {
    return new Random(seed).ints(length, 0, network.shape().vocabulary()).toArray();
  }

  @Override
  public void close() {
    workers.close();
    trainer.close();
    network.close();
  }
}
