package io.lanpo.policy.djl;

import ai.djl.Device;
import io.lanpo.api.policy.Loss;
import io.lanpo.api.policy.LossTerm;
import io.lanpo.api.policy.Sequence;
import io.lanpo.api.policy.TrainingExample;
import io.lanpo.policy.djl.DecoderShape.Mlp;
import io.lanpo.policy.djl.DecoderShape.Norm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** Small decoders for the tests. */
final class Shapes {
  static final int VOCABULARY = 37;
  static final int CONTEXT = 96;

  /** No helping threads. */
  static final Workers ALONE = new Workers(1, () -> {});

  /** Completions end with the token 2; a token's text is its number and a space. */
  static final Ending END = new Ending(new int[] {2}, Shapes::text);

  private Shapes() {}

  private static String text(int[] tokens) {
    return Arrays.stream(tokens).mapToObj(t -> t + " ").collect(Collectors.joining());
  }

  /** The default family, smaller. */
  static DecoderShape micro() {
    return new DecoderShape(
        VOCABULARY,
        24,
        2,
        2,
        2,
        12,
        56,
        CONTEXT,
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

  /** Llama with grouped heads. */
  static DecoderShape llama() {
    return new DecoderShape(
        VOCABULARY,
        32,
        2,
        4,
        2,
        8,
        40,
        CONTEXT,
        0,
        Norm.RMS,
        1e-6,
        Mlp.GATED_SILU,
        false,
        false,
        false,
        Rope.of(10000),
        true);
  }

  /** Every switch the other way round: biases, normalised queries, wide heads, one token before. */
  static DecoderShape switches() {
    return new DecoderShape(
        VOCABULARY,
        20,
        2,
        3,
        1,
        10,
        28,
        CONTEXT,
        1,
        Norm.RMS,
        1e-5,
        Mlp.GATED_SILU,
        true,
        true,
        true,
        Rope.of(500),
        false);
  }

  /** So many tokens that the embedding's gradient is summed up by rows. */
  static DecoderShape manyTokens() {
    return new DecoderShape(
        9001,
        12,
        1,
        1,
        1,
        12,
        16,
        CONTEXT,
        2,
        Norm.LAYER,
        1e-5,
        Mlp.RELU,
        false,
        false,
        false,
        Rope.of(500),
        true);
  }

  /** As in a network of many weights. */
  private static final Economy LARGE = new Economy(1 << 20, true);

  static List<DecoderShape> all() {
    return List.of(micro(), llama(), switches());
  }

  /** A network whose scales and biases are random too, so that a test sees them. */
  static Network network(DecoderShape shape, long seed) {
    return filled(new Network(shape, Device.cpu(), 1), seed);
  }

  /** The same as a network of many weights, with few logits at a time. */
  static Network frugalNetwork(DecoderShape shape, long seed) {
    return filled(
        new Network(shape, Lora.NONE, Device.cpu(), 1, Products.ONEDNN, few(shape)), seed);
  }

  /** The same without oneDNN, as on a GPU. */
  static Network plainNetwork(DecoderShape shape, long seed) {
    return filled(
        new Network(shape, Lora.NONE, Device.cpu(), 1, Products.SINGLE, few(shape)), seed);
  }

  private static Economy few(DecoderShape shape) {
    return new Economy(5 * shape.vocabulary(), true);
  }

  /** The same with factors rounded to bf16, as on a GPU. */
  static Network halfNetwork(DecoderShape shape, long seed) {
    return filled(new Network(shape, Lora.NONE, Device.cpu(), 1, Products.HALF, LARGE), seed);
  }

  /** A network with adapters on every projection, which add something. */
  static Network adaptedNetwork(DecoderShape shape, long seed) {
    return adaptedNetwork(shape, seed, Products.ONEDNN, Lora.PROJECTIONS);
  }

  /** The same on some projections. */
  static Network adaptedNetwork(
      DecoderShape shape, long seed, Products products, List<String> targets) {
    Lora lora = new Lora(3, 6, targets);
    Network network = filled(new Network(shape, lora, Device.cpu(), 1, products, LARGE), seed);
    Random random = new Random(seed + 1);
    for (WeightPlan.Weight factor : network.adapterPlan().weights()) {
      float[] values = new float[factor.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (.2 * random.nextGaussian());
      }
      network.store(network.trained(), factor.offset(), values);
    }
    network.changed();
    return network;
  }

  private static Network filled(Network network, long seed) {
    Initializer.fill(network, seed);
    Random random = new Random(seed);
    for (WeightPlan.Weight weight : network.plan().weights()) {
      float[] values = network.load(network.weights(), weight.offset(), weight.size());
      for (int i = 0; i < values.length; i++) {
        values[i] += (float) (.1 * random.nextGaussian());
      }
      network.store(network.weights(), weight.offset(), values);
    }
    network.changed();
    return network;
  }

  /** Sequences of unequal lengths in two groups. */
  static List<Sequence> sequences() {
    List<Sequence> sequences = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      sequences.add(new Sequence(tokens(6, i / 3), tokens(4 + i, 10 + i)));
    }
    return sequences;
  }

  /** {@link #sequences} to learn by heart. */
  static LossTerm supervised() {
    List<TrainingExample> examples = new ArrayList<>();
    for (Sequence sequence : sequences()) {
      float[] scale = new float[sequence.completion().length];
      Arrays.fill(scale, .1f);
      examples.add(TrainingExample.supervised(sequence, scale));
    }
    return new LossTerm("sft", new Loss.CrossEntropy(), examples);
  }

  /** Random tokens, the end token 2 left out. */
  static int[] tokens(int length, long seed) {
    return new Random(seed).ints(length, 3, VOCABULARY).toArray();
  }
}
