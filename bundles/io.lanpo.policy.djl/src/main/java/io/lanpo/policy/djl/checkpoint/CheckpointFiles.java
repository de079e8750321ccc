package io.lanpo.policy.djl.checkpoint;

import io.lanpo.api.component.UserException;
import io.lanpo.policy.djl.model.AdapterPlan;
import io.lanpo.policy.djl.model.LoraConfig;
import io.lanpo.policy.djl.model.WeightPlan;
import io.lanpo.policy.djl.model.WeightPlan.Part;
import io.lanpo.policy.djl.model.WeightPlan.Weight;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The open files of a checkpoint's tensors. Once they are open they are known to be whole and to
 * fit the decoder, so that neither memory is taken nor a weight changed for a folder that is not.
 */
public final class CheckpointFiles implements AutoCloseable {
  public static final String OPTIMIZER = "optimizer.safetensors";

  /** Prefixes of the moments' names. */
  static final String FIRST_MOMENT = "exp_avg.";

  static final String SECOND_MOMENT = "exp_avg_sq.";

  /** Notes beside the moments. */
  static final String STEPS = "steps";

  static final String VERSION = "version";

  /** Tensors that some checkpoints hold although they follow from the configuration. */
  private static final String DERIVED = ".*\\.rotary_emb\\.inv_freq";

  private static final String HEAD = "lm_head.weight";

  /** Values that are compared at a time. */
  private static final int PIECE = 1 << 20;

  private final WeightFiles weights;
  private final @Nullable SafetensorsReader factors;
  private final @Nullable SafetensorsReader moments;
  private final long steps;
  private final long version;

  private CheckpointFiles(
      WeightFiles weights,
      @Nullable SafetensorsReader factors,
      @Nullable SafetensorsReader moments,
      Path file) {
    this.weights = weights;
    this.factors = factors;
    this.moments = moments;
    steps = moments == null ? 0 : number(moments, STEPS, file);
    version = moments == null ? 0 : number(moments, VERSION, file);
  }

  /**
   * Opens the files of a folder; of one with adapters, those of the weights that they are for. The
   * moments are opened only when the checkpoint was trained in the same way, with adapters or
   * without.
   *
   * @throws UserException when one is missing or damaged, or holds other tensors than the plans'
   */
  public static CheckpointFiles open(Path folder, WeightPlan plan, AdapterPlan adapters) {
    LoraConfig lora = adapters.lora();
    AdapterFolder adapted = new AdapterFolder(folder);
    boolean resumes = lora.enabled() && adapted.exists();
    Path optimizer = folder.resolve(OPTIMIZER);
    WeightFiles weights = WeightFiles.open(resumes ? adapted.base() : folder);
    SafetensorsReader factors = null;
    SafetensorsReader moments = null;
    try {
      check(plan.weights(), weights.tensors(), "", weights.origin());
      checkTied(plan, weights.tensors(), weights.origin());
      if (resumes) {
        factors = new SafetensorsReader(adapted.weights());
        check(adapters.weights(), factors.tensors(), "", adapted.weights());
      }
      if (Files.exists(optimizer) && adapted.exists() == lora.enabled()) {
        List<Weight> trained = lora.enabled() ? adapters.weights() : plan.weights();
        moments = new SafetensorsReader(optimizer);
        check(trained, moments.tensors(), FIRST_MOMENT, optimizer);
        check(trained, moments.tensors(), SECOND_MOMENT, optimizer);
      }
      return new CheckpointFiles(weights, factors, moments, optimizer);
    } catch (RuntimeException e) {
      close(weights, factors, moments);
      throw e;
    }
  }

  /** Refuses tensors that are not those of a plan. */
  private static void check(
      List<Weight> weights,
      Map<String, ? extends WeightTensor> tensors,
      String prefix,
      Path origin) {
    Set<String> expected = new HashSet<>();
    for (Weight weight : weights) {
      for (Part part : weight.parts()) {
        String name = prefix + part.name();
        expected.add(name);
        WeightTensor tensor = tensors.get(name);
        if (tensor == null) {
          throw foreign("%s lacks the tensor %s".formatted(origin, name));
        }
        checkShape(tensor, CheckpointTensors.shape(weight, part), origin);
      }
    }
    for (String name : tensors.keySet()) {
      if (name.startsWith(prefix)
          && !expected.contains(name)
          && !name.equals(HEAD)
          && !name.matches(DERIVED)) {
        throw foreign("%s has the tensor %s, which this model lacks".formatted(origin, name));
      }
    }
  }

  private static void checkShape(WeightTensor tensor, long[] shape, Path origin) {
    if (!Arrays.equals(tensor.shape(), shape)) {
      throw foreign(
          "%s: tensor %s has shape %s where config.json asks for %s"
              .formatted(
                  origin, tensor.name(), Arrays.toString(tensor.shape()), Arrays.toString(shape)));
    }
  }

  /**
   * A head that is stored although it is tied must be the embedding; which one to take otherwise?
   */
  private static void checkTied(WeightPlan plan, Map<String, WeightTensor> tensors, Path origin) {
    WeightTensor head = tensors.get(HEAD);
    if (head == null || plan.weights().stream().anyMatch(w -> w.name().equals(HEAD))) {
      return;
    }
    WeightTensor embedding = Objects.requireNonNull(tensors.get(WeightPlan.EMBEDDING));
    checkShape(head, embedding.shape(), origin);
    long count = Arrays.stream(head.shape()).reduce(1, Math::multiplyExact);
    for (long from = 0; from < count; from += PIECE) {
      int some = (int) Math.min(PIECE, count - from);
      if (!Arrays.equals(head.read(from, some), embedding.read(from, some))) {
        throw new UserException(
            "%s: tensor %s differs from %s, which config.json ties to it: tie_word_embeddings = true"
                .formatted(origin, HEAD, WeightPlan.EMBEDDING),
            "Set tie_word_embeddings to false in config.json if the head is one of its own.");
      }
    }
  }

  private static UserException foreign(String what) {
    return new UserException(what, "The file does not belong to the config.json beside it.");
  }

  private static long number(SafetensorsReader from, String key, Path file) {
    String value = from.metadata(key);
    if (!value.matches("\\d{1,18}")) {
      throw new UserException(
          "%s is damaged: %s = %s is not a count".formatted(file, key, value),
          "Take another copy of the checkpoint.");
    }
    return Long.parseLong(value);
  }

  /** The weights by their names. */
  Map<String, WeightTensor> weights() {
    return weights.tensors();
  }

  /** The types in which the weights are stored, such as {@code bf16}. */
  public String storedAs() {
    return weights.tensors().values().stream()
        .map(WeightTensor::storedAs)
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }

  /** The adapters' factors by their names, or nothing when there are none to continue. */
  Map<String, StoredTensor> factors() {
    return factors == null ? Map.of() : factors.tensors();
  }

  /** The moments by their names, or nothing when the folder has none. */
  Map<String, StoredTensor> moments() {
    return moments == null ? Map.of() : moments.tensors();
  }

  /** Steps behind the moments. */
  long steps() {
    return steps;
  }

  /** Updates that the weights have seen. */
  long version() {
    return version;
  }

  @Override
  public void close() {
    close(weights, factors, moments);
  }

  private static void close(
      WeightFiles weights,
      @Nullable SafetensorsReader factors,
      @Nullable SafetensorsReader moments) {
    weights.close();
    if (factors != null) {
      factors.close();
    }
    if (moments != null) {
      moments.close();
    }
  }
}
