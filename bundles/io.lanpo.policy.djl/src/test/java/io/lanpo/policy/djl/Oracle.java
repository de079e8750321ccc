package io.lanpo.policy.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.lanpo.api.policy.AdamW;
import io.lanpo.policy.djl.DecoderShape.Mlp;
import io.lanpo.policy.djl.DecoderShape.Norm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * The decoder once more, as plain NDArray calls on the tensors of a checkpoint, one sequence at a
 * time and without a cache. Everything is written out as in the papers; nothing is shared with the
 * TorchScript.
 */
final class Oracle implements AutoCloseable {
  private final DecoderShape shape;
  private final NDManager manager;
  private final Map<String, NDArray> weights = new TreeMap<>();

  private Oracle(DecoderShape shape) {
    this.shape = shape;
    this.manager = NDManager.newBaseManager("PyTorch");
  }

  /** AdamW with clipping as in its paper, in double precision. */
  static void adamW(double[] w, double[] m, double[] v, float[] gradient, int step, AdamW o) {
    double norm = 0;
    for (float g : gradient) {
      norm += (double) g * g;
    }
    double scale = Math.min(1, o.maxGradientNorm() / (Math.sqrt(norm) + 1e-6));
    for (int i = 0; i < w.length; i++) {
      double g = scale * gradient[i];
      m[i] = o.beta1() * m[i] + (1 - o.beta1()) * g;
      v[i] = o.beta2() * v[i] + (1 - o.beta2()) * g * g;
      double mean = m[i] / (1 - Math.pow(o.beta1(), step));
      double square = v[i] / (1 - Math.pow(o.beta2(), step));
      w[i] -=
          o.learningRate() * (mean / (Math.sqrt(square) + o.epsilon()) + o.weightDecay() * w[i]);
    }
  }

  /** An oracle with the weights of a network, which pass through a file. */
  static Oracle of(Network network, Path folder) {
    Oracle oracle = new Oracle(network.shape());
    tensors(network, network.weights(), folder)
        .forEach((name, array) -> oracle.weights.put(name, array.on(oracle.manager)));
    return oracle;
  }

  /** A tensor as it stands in a file. */
  record Values(float[] values, long[] shape) {
    NDArray on(NDManager manager) {
      return manager.create(values, new Shape(shape));
    }
  }

  /** The tensors of a buffer by their names, by way of a file. */
  static Map<String, Values> tensors(Network network, NDArray buffer, Path folder) {
    Path file = folder.resolve("tensors" + System.nanoTime() + ".safetensors");
    Map<String, Values> result = new TreeMap<>();
    try {
      SafetensorsWriter.write(file, Map.of(), new Tensors(network).entries(buffer, ""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try (SafetensorsReader reader = new SafetensorsReader(file)) {
      reader
          .tensors()
          .forEach(
              (name, tensor) -> {
                int count = (int) Arrays.stream(tensor.shape()).reduce(1, (a, b) -> a * b);
                result.put(name, new Values(tensor.read(0, count), tensor.shape()));
              });
    }
    return result;
  }

  /**
   * A number that lives as long as the oracle. The methods of NDArray that take a Java number free
   * its memory at once, while the backward pass still reads it.
   */
  NDArray constant(double value) {
    return manager.create((float) value);
  }

  NDManager manager() {
    return manager;
  }

  Map<String, NDArray> weights() {
    return weights;
  }

  /** {@code [T, V]} logits after each token. */
  NDArray logits(int[] tokens) {
    int length = tokens.length;
    NDArray x = lookUp("model.embed_tokens.weight", tokens, 0);
    for (int back = 1; back <= shape.previousTokens(); back++) {
      x = x.add(lookUp("model.embed_previous." + back + ".weight", tokens, back));
    }
    NDArray mask = manager.create(mask(length), new Shape(length, length));
    for (int l = 0; l < shape.layers(); l++) {
      String layer = "model.layers." + l + ".";
      x = x.add(attention(norm(x, layer + "input_layernorm"), layer + "self_attn.", mask));
      x = x.add(mlp(norm(x, layer + "post_attention_layernorm"), layer + "mlp."));
    }
    x = norm(x, "model.norm");
    String head = shape.tiedHead() ? "model.embed_tokens" : "lm_head";
    return linear(x, head);
  }

  private NDArray lookUp(String table, int[] tokens, int back) {
    NDList rows = new NDList();
    for (int i = 0; i < tokens.length; i++) {
      int token = i >= back ? tokens[i - back] : 0;
      rows.add(weights.get(table).get(new NDIndex("{}", (long) token)));
    }
    return NDArrays.stack(rows);
  }

  private NDArray attention(NDArray x, String prefix, NDArray mask) {
    NDArray q = linear(x, prefix + "q_proj");
    NDArray k = linear(x, prefix + "k_proj");
    NDArray v = linear(x, prefix + "v_proj");
    NDList heads = new NDList();
    int width = shape.headWidth();
    for (int h = 0; h < shape.heads(); h++) {
      int group = h / (shape.heads() / shape.kvHeads());
      NDArray qh = rotate(headNorm(columns(q, h * width, width), prefix + "q_norm"));
      NDArray kh = rotate(headNorm(columns(k, group * width, width), prefix + "k_norm"));
      NDArray scores = qh.matMul(kh.transpose()).div(constant(Math.sqrt(width))).add(mask);
      heads.add(scores.softmax(-1).matMul(columns(v, group * width, width)));
    }
    // concat() of one array is a copy through which no gradient flows
    NDArray all = heads.size() == 1 ? heads.get(0) : NDArrays.concat(heads, 1);
    return linear(all, prefix + "o_proj");
  }

  private NDArray headNorm(NDArray x, String name) {
    return shape.qkNorm() ? rms(x, weights.get(name + ".weight")) : x;
  }

  /** RoPE on halves of a head, as Llama's checkpoints have it. */
  private NDArray rotate(NDArray x) {
    int half = shape.headWidth() / 2;
    int length = (int) x.getShape().get(0);
    float[] cos = new float[length * half];
    float[] sin = new float[length * half];
    for (int t = 0; t < length; t++) {
      for (int i = 0; i < half; i++) {
        double angle = t / Math.pow(shape.rope().theta(), 2.0 * i / shape.headWidth());
        cos[t * half + i] = (float) Math.cos(angle);
        sin[t * half + i] = (float) Math.sin(angle);
      }
    }
    NDArray c = manager.create(cos, new Shape(length, half));
    NDArray s = manager.create(sin, new Shape(length, half));
    NDArray a = columns(x, 0, half);
    NDArray b = columns(x, half, half);
    return NDArrays.concat(new NDList(a.mul(c).sub(b.mul(s)), b.mul(c).add(a.mul(s))), 1);
  }

  private NDArray mlp(NDArray x, String prefix) {
    NDArray up = linear(x, prefix + "up_proj");
    if (shape.mlp() == Mlp.RELU) {
      return linear(up.maximum(constant(0)), prefix + "down_proj");
    }
    NDArray gate = linear(x, prefix + "gate_proj");
    NDArray sigmoid = constant(1).div(gate.neg().exp().add(constant(1)));
    return linear(gate.mul(sigmoid).mul(up), prefix + "down_proj");
  }

  private NDArray norm(NDArray x, String name) {
    NDArray weight = weights.get(name + ".weight");
    if (shape.norm() == Norm.RMS) {
      return rms(x, weight);
    }
    NDArray centred = x.sub(x.mean(new int[] {-1}, true));
    NDArray variance = centred.square().mean(new int[] {-1}, true);
    return centred
        .div(variance.add(constant(shape.normEpsilon())).sqrt())
        .mul(weight)
        .add(weights.get(name + ".bias"));
  }

  private NDArray rms(NDArray x, NDArray weight) {
    NDArray size = x.square().mean(new int[] {-1}, true).add(constant(shape.normEpsilon())).sqrt();
    return x.div(size).mul(weight);
  }

  private NDArray linear(NDArray x, String name) {
    NDArray y = x.matMul(weights.get(name + ".weight").transpose());
    NDArray bias = weights.get(name + ".bias");
    return bias == null ? y : y.add(bias);
  }

  private static NDArray columns(NDArray x, int from, int count) {
    return x.get(new NDIndex(":, {}:{}", (long) from, (long) (from + count)));
  }

  private static float[] mask(int length) {
    float[] mask = new float[length * length];
    for (int i = 0; i < length; i++) {
      for (int j = i + 1; j < length; j++) {
        mask[i * length + j] = -1e9f;
      }
    }
    return mask;
  }

  /** {@code [M]} log-probabilities of the completion's tokens. */
  NDArray logProbs(int[] prompt, int[] completion, double temperature) {
    int[] tokens = new int[prompt.length + completion.length - 1];
    System.arraycopy(prompt, 0, tokens, 0, prompt.length);
    System.arraycopy(completion, 0, tokens, prompt.length, completion.length - 1);
    long[] targets = new long[completion.length];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = completion[i];
    }
    NDArray after =
        logits(tokens)
            .get(new NDIndex("{}:{}", (long) prompt.length - 1, (long) tokens.length))
            .div(constant(temperature));
    NDArray index = manager.create(targets, new Shape(targets.length, 1));
    return after
        .logSoftmax(-1)
        .gather(index.toType(DataType.INT64, false), 1)
        .reshape(targets.length);
  }

  @Override
  public void close() {
    manager.close();
  }
}
