package io.lanpo.policy.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.lanpo.api.policy.AdamW;
import io.lanpo.api.policy.GenerationRequest;
import io.lanpo.api.policy.Loss;
import io.lanpo.api.policy.LossTerm;
import io.lanpo.api.policy.Sampling;
import io.lanpo.api.policy.Sequence;
import io.lanpo.api.policy.TrainingExample;
import io.lanpo.policy.djl.batch.WorkerThreads;
import io.lanpo.policy.djl.generate.Generator;
import io.lanpo.policy.djl.generate.StopCondition;
import io.lanpo.policy.djl.model.DecoderShape;
import io.lanpo.policy.djl.model.DecoderShape.Mlp;
import io.lanpo.policy.djl.model.DecoderShape.Norm;
import io.lanpo.policy.djl.model.LoraConfig;
import io.lanpo.policy.djl.model.Rope;
import io.lanpo.policy.djl.network.Network;
import io.lanpo.policy.djl.network.ScriptCall;
import io.lanpo.policy.djl.network.WeightInitializer;
import io.lanpo.policy.djl.train.OptimizerState;
import io.lanpo.policy.djl.train.Trainer;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;

/** What the benchmark runs: matrix products, then decoding and training for two shapes. */
final class BenchmarkWorkloads implements AutoCloseable {
  /** How many of the workloads are matrix products. */
  static final int CEILINGS = 2;

  private static final int GEMM = 2048;
  private static final int POSITIONS = 100;
  private static final int SEQUENCES = 16;
  private static final int LENGTH = 128;
  private static final int[] BATCHES = {1, 16, 64};

  /** Completions never end before their limit. */
  private static final StopCondition NO_END = new StopCondition(new int[0], tokens -> "");

  private final List<Network> networks = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final List<DoubleSupplier> work = new ArrayList<>();
  private final NDManager manager;
  private final WorkerThreads alone;

  BenchmarkWorkloads() {
    alone = new WorkerThreads(1, () -> {});
    add("llama d=128", llama());
    add("micro d=96", micro());
    manager = networks.get(0).step();
    NDArray matrix = manager.zeros(new Shape(GEMM, GEMM));
    names.add(0, "matrix product " + GEMM);
    work.add(0, () -> product(matrix));
    names.add(1, "matrix product " + GEMM + ", oneDNN");
    work.add(1, () -> oneDnnProduct(matrix));
  }

  /** A Llama block of width 128 with four layers. */
  private static DecoderShape llama() {
    return new DecoderShape(
        128,
        128,
        4,
        4,
        4,
        32,
        384,
        256,
        0,
        Norm.RMS,
        1e-5,
        Mlp.GATED_SILU,
        false,
        false,
        false,
        Rope.of(10000),
        true);
  }

  /** The default of the micro family with the micro-world's vocabulary. */
  private static DecoderShape micro() {
    return new DecoderShape(
        92,
        96,
        3,
        4,
        4,
        24,
        384,
        256,
        2,
        Norm.LAYER,
        1e-5,
        Mlp.RELU,
        true,
        false,
        false,
        Rope.of(1000),
        false);
  }

  private void add(String model, DecoderShape shape) {
    Network network = Network.on("cpu", shape, LoraConfig.NONE, 1, false);
    networks.add(network);
    WeightInitializer.fill(network, 1);
    for (int batch : BATCHES) {
      names.add("decode %s, batch %d".formatted(model, batch));
      work.add(() -> decode(network, batch));
    }
    Trainer trainer =
        new Trainer(network, alone, new OptimizerState(network), SEQUENCES * (LENGTH + 1), false);
    List<LossTerm> terms = List.of(term(shape));
    names.add("train %s, %d x %d".formatted(model, SEQUENCES, LENGTH));
    work.add(() -> train(trainer, terms));
  }

  List<DoubleSupplier> work() {
    return work;
  }

  List<String> names() {
    return names;
  }

  /** Runs everything until it has reached its speed. */
  void warmUp() {
    for (int i = 0; i < 2 * work.size(); i++) {
      rate(i % work.size());
    }
  }

  /** Units of a workload per second of this thread's CPU time. */
  double rate(int workload) {
    networks.get(0).prepareThread();
    long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    double units = work.get(workload).getAsDouble();
    long end = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    return units / ((end - begin) * 1e-9);
  }

  /** Billions of floating-point operations. */
  private static double product(NDArray matrix) {
    matrix.matMul(matrix).close();
    return 2e-9 * GEMM * GEMM * GEMM;
  }

  /** The same as the network multiplies, which is by oneDNN on a CPU. */
  private double oneDnnProduct(NDArray matrix) {
    try (ScriptCall call = networks.get(0).call("product")) {
      call.add(matrix).add(matrix).run();
    }
    return 2e-9 * GEMM * GEMM * GEMM;
  }

  private double decode(Network network, int batch) {
    GenerationRequest request =
        new GenerationRequest(new int[] {1}, batch, Sampling.at(1, POSITIONS), 1);
    new Generator(network, alone, batch, LENGTH, NO_END).generate(List.of(request));
    return (double) batch * POSITIONS;
  }

  private static LossTerm term(DecoderShape shape) {
    Random random = new Random(1);
    List<TrainingExample> examples = new ArrayList<>();
    for (int i = 0; i < SEQUENCES; i++) {
      int[] tokens = random.ints(LENGTH + 1, 0, shape.vocabulary()).toArray();
      float[] scale = new float[LENGTH];
      Arrays.fill(scale, 1f / SEQUENCES / LENGTH);
      float[] advantages = new float[LENGTH];
      Arrays.fill(advantages, i % 2 == 0 ? 1 : -1);
      Sequence sequence =
          new Sequence(new int[] {tokens[0]}, Arrays.copyOfRange(tokens, 1, tokens.length));
      examples.add(new TrainingExample(sequence, scale, advantages, new float[0], new float[0]));
    }
    return new LossTerm("policy-gradient", new Loss.ClippedSurrogate(.2, .2, 0, 1), examples);
  }

  private static double train(Trainer trainer, List<LossTerm> terms) {
    trainer.update(terms, new AdamW(1e-5, .9, .95, 1e-8, 0, 1));
    return (double) SEQUENCES * LENGTH;
  }

  @Override
  public void close() {
    alone.close();
    networks.forEach(Network::close);
  }
}
