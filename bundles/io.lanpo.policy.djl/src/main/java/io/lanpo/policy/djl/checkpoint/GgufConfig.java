package io.lanpo.policy.djl.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.lanpo.api.component.UserException;
import io.lanpo.libs.gguf.GgufFile;
import io.lanpo.libs.gguf.GgufTensor;
import io.lanpo.libs.gguf.Metadata;
import io.lanpo.policy.djl.model.Families;
import io.lanpo.policy.djl.model.Family;
import io.lanpo.policy.djl.model.ModelConfig;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * What {@code config.json} says, from the metadata of a GGUF file.
 *
 * @param file the open file
 */
record GgufConfig(GgufFile file) {
  static final String EMBEDDING = "token_embd.weight";
  static final String HEAD = "output.weight";

  /** Divisors of the rotations' frequencies. */
  static final String FREQUENCIES = "rope_freqs.weight";

  private static final String ARCHITECTURE = "general.architecture";
  private static final String LLAMA = "llama";
  private static final List<String> READ = List.of(LLAMA, "qwen2", "qwen3");

  /**
   * How far apart two roundings of one matrix may be, by its size. Two to eight bits a number make
   * it a third at most; two matrices that have nothing to do with each other are at one or more.
   */
  private static final double SAME = 0.5;

  private static final int ROWS_COMPARED = 64;

  /** The published scaling of Llama 3.1 and later; only its factor differs. */
  private static final double LOW = 1;

  private static final double HIGH = 4;
  private static final int ORIGINAL_CONTEXT = 8192;

  /**
   * The configuration of a file.
   *
   * @throws UserException when it is damaged, or of a model that is not supported
   */
  static ModelConfig read(Path path) {
    try (GgufFile file = GgufFile.open(path)) {
      return ModelConfig.of(path, new GgufConfig(file).json());
    }
  }

  private JsonObject json() {
    Metadata notes = file.metadata();
    Family family = Families.named(architecture());
    refuseUnsupported();
    JsonObject config = new JsonObject();
    JsonArray architectures = new JsonArray();
    architectures.add(family.architecture());
    config.add("architectures", architectures);
    config.addProperty("model_type", family.modelType());
    config.addProperty("torch_dtype", "float32");
    config.addProperty("vocab_size", tensor(EMBEDDING).shape()[0]);
    config.addProperty("hidden_size", notes.whole(key("embedding_length")));
    config.addProperty("num_hidden_layers", notes.whole(key("block_count")));
    config.addProperty("num_attention_heads", heads());
    config.addProperty("num_key_value_heads", notes.whole(key("attention.head_count_kv"), heads()));
    config.addProperty("head_dim", headWidth());
    config.addProperty("intermediate_size", notes.whole(key("feed_forward_length")));
    config.addProperty("max_position_embeddings", notes.whole(key("context_length")));
    config.addProperty("rms_norm_eps", notes.number(key("attention.layer_norm_rms_epsilon")));
    config.addProperty("rope_theta", theta());
    if (file.tensors().containsKey(FREQUENCIES)) {
      config.add("rope_scaling", scaling());
    }
    config.addProperty("hidden_act", "silu");
    config.addProperty("tie_word_embeddings", tied());
    token("bos_token_id", config, "bos");
    token("eos_token_id", config, "eos", "eot");
    return config;
  }

  private String architecture() {
    String name = file.metadata().text(ARCHITECTURE);
    if (!READ.contains(name)) {
      throw unsupported(ARCHITECTURE, name, String.join(", ", READ) + " are");
    }
    return name;
  }

  private String key(String name) {
    return architecture() + "." + name;
  }

  private GgufTensor tensor(String name) {
    GgufTensor tensor = file.tensors().get(name);
    if (tensor == null) {
      throw new UserException(
          "%s lacks the tensor %s".formatted(file.file(), name), "Take another copy of the file.");
    }
    return tensor;
  }

  private long heads() {
    long heads = file.metadata().whole(key("attention.head_count"));
    if (heads < 1) {
      throw unsupported(key("attention.head_count"), heads, "positive numbers are");
    }
    return heads;
  }

  /** Width of a head. */
  int headWidth() {
    Metadata notes = file.metadata();
    String length = key("attention.key_length");
    long width =
        notes.has(length) ? notes.whole(length) : notes.whole(key("embedding_length")) / heads();
    if (width < 2 || width > 1 << 16 || width % 2 != 0) {
      throw unsupported(length, width, "even numbers from 2 are");
    }
    return (int) width;
  }

  private double theta() {
    String base = key("rope.freq_base");
    return file.metadata().has(base) ? file.metadata().number(base) : 10000;
  }

  /** Whether the rows of queries and keys are in llama.cpp's order. */
  boolean turnsHeads() {
    return architecture().equals(LLAMA);
  }

  private void refuseUnsupported() {
    Metadata notes = file.metadata();
    for (String count : List.of("expert_count", "attention.sliding_window")) {
      if (notes.whole(key(count), 0) != 0) {
        throw unsupported(key(count), notes.whole(key(count)), "0 is");
      }
    }
    for (String width : List.of("attention.value_length", "rope.dimension_count")) {
      if (notes.whole(key(width), headWidth()) != headWidth()) {
        throw unsupported(
            key(width),
            notes.whole(key(width)),
            "the width of a head, %d, is".formatted(headWidth()));
      }
    }
    String scaling = key("rope.scaling.type");
    if (notes.has(scaling) && !notes.text(scaling).equals("none")) {
      throw unsupported(scaling, notes.text(scaling), "none is");
    }
  }

  private UserException unsupported(String key, Object value, String right) {
    return new UserException(
        "%s: %s = %s is not supported; %s".formatted(file.file(), key, value, right),
        "Choose another model.");
  }

  private void token(String name, JsonObject config, String... kinds) {
    TreeSet<Long> ids = new TreeSet<>();
    JsonArray all = new JsonArray();
    for (String kind : kinds) {
      String key = "tokenizer.ggml.%s_token_id".formatted(kind);
      if (file.metadata().has(key) && ids.add(file.metadata().whole(key))) {
        all.add(file.metadata().whole(key));
      }
    }
    if (!all.isEmpty()) {
      config.add(name, all.size() == 1 ? all.get(0) : all);
    }
  }

  /** Whether the embedding is the head, too: there is no head, or the same matrix once more. */
  boolean tied() {
    if (!file.tensors().containsKey(HEAD)) {
      return true;
    }
    GgufTensor head = tensor(HEAD);
    GgufTensor embedding = tensor(EMBEDDING);
    if (head.shape().length != 2 || !Arrays.equals(head.shape(), embedding.shape())) {
      return false;
    }
    long rows = head.shape()[0];
    int row = Math.toIntExact(head.shape()[1]);
    double apart = 0;
    double size = 0;
    for (int i = 0; i < Math.min(ROWS_COMPARED, rows); i++) {
      long from = rows * i / Math.min(ROWS_COMPARED, rows) * row;
      float[] a = head.read(from, row);
      float[] b = embedding.read(from, row);
      for (int j = 0; j < row; j++) {
        apart += (double) (a[j] - b[j]) * (a[j] - b[j]);
        size += (double) a[j] * a[j];
      }
    }
    return apart <= SAME * SAME * size;
  }

  /** The one of the two copies of a tied matrix that was rounded less. */
  GgufTensor finerEmbedding() {
    GgufTensor head = tensor(HEAD);
    GgufTensor embedding = tensor(EMBEDDING);
    return head.type().bits() > embedding.type().bits() ? head : embedding;
  }

  /** The scaling of which the divisors are the result; they alone are in the file. */
  private JsonObject scaling() {
    GgufTensor stored = tensor(FREQUENCIES);
    int pairs = headWidth() / 2;
    if (stored.count() != pairs) {
      throw unsupported(FREQUENCIES, "%d numbers".formatted(stored.count()), pairs + " are");
    }
    float[] divisors = stored.read(0, pairs);
    double factor = 1;
    for (float divisor : divisors) {
      factor = Math.max(factor, divisor);
    }
    for (int i = 0; i < pairs; i++) {
      double turns = ORIGINAL_CONTEXT / (2 * Math.PI) * Math.pow(theta(), -2.0 * i / headWidth());
      double share = Math.max(0, Math.min(1, (turns - LOW) / (HIGH - LOW)));
      double divisor = 1 / ((1 - share) / factor + share);
      if (!(Math.abs(divisors[i] / divisor - 1) < 1e-3)) {
        throw unsupported(
            "%s at place %d".formatted(FREQUENCIES, i),
            divisors[i],
            "only the scaling of Llama 3.1 and later is, which has %.4f there".formatted(divisor));
      }
    }
    JsonObject scaling = new JsonObject();
    scaling.addProperty("rope_type", "llama3");
    scaling.addProperty("factor", factor);
    scaling.addProperty("low_freq_factor", LOW);
    scaling.addProperty("high_freq_factor", HIGH);
    scaling.addProperty("original_max_position_embeddings", ORIGINAL_CONTEXT);
    return scaling;
  }
}
