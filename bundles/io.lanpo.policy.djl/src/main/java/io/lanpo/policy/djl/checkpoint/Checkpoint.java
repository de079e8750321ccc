package io.lanpo.policy.djl.checkpoint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import io.lanpo.api.component.UserException;
import io.lanpo.libs.files.FileTree;
import io.lanpo.libs.files.FolderSwap;
import io.lanpo.libs.gguf.GgufFile;
import io.lanpo.policy.djl.model.LoraConfig;
import io.lanpo.policy.djl.model.ModelConfig;
import io.lanpo.policy.djl.network.Network;
import io.lanpo.policy.djl.network.WeightInitializer;
import io.lanpo.policy.djl.train.OptimizerState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A folder as Hugging Face lays it out: {@code config.json}, {@code generation_config.json}, the
 * weights in one file or in shards, the tokenizer's files, and beside them {@code
 * optimizer.safetensors} with the moments of AdamW.
 *
 * <p>It is written beside its place and then renamed. A folder cannot be replaced in one stroke, so
 * the older one is first set aside under {@code NAME.previous}; {@link #locate} looks there too.
 */
public final class Checkpoint {
  /** New adapters on the same weights are the same every time. */
  private static final long ADAPTER_SEED = 0;

  private final Network network;
  private final OptimizerState state;
  private final CheckpointTensors tensors;
  private final CheckpointTensors trained;

  public Checkpoint(Network network, OptimizerState state) {
    this.network = network;
    this.state = state;
    this.tensors = new CheckpointTensors(network);
    this.trained = new CheckpointTensors(network, network.trainableWeights());
  }

  /**
   * How a folder is written.
   *
   * @param shardBytes most bytes of a file of weights
   * @param merged whether adapters are written into the weights too, and not only beside them
   */
  public record Format(long shardBytes, boolean merged) {}

  /**
   * Writes a folder.
   *
   * @param metadata what the checkpoint says of itself
   * @param version updates the weights have seen
   * @param tokenizer writes the tokenizer's files into a folder
   */
  public void write(
      Path folder, ModelMetadata metadata, long version, Format format, Consumer<Path> tokenizer) {
    Path target = folder.toAbsolutePath();
    Path fresh = target.resolveSibling(target.getFileName() + ".writing");
    try {
      if (network.adapters() != null) {
        protectBase(target, metadata.base());
      }
      FileTree.delete(fresh);
      Files.createDirectories(fresh);
      tokenizer.accept(fresh);
      write(fresh.resolve(ModelConfig.FILE), metadata.config());
      write(fresh.resolve(ModelMetadata.GENERATION), metadata.generation());
      writeWeights(fresh, metadata, format);
      List<SafetensorsWriter.Entry> moments = new ArrayList<>();
      moments.addAll(
          trained.entries(state.firstMoment(), CheckpointFiles.FIRST_MOMENT, state.half()));
      moments.addAll(
          trained.entries(state.secondMoment(), CheckpointFiles.SECOND_MOMENT, state.half()));
      Map<String, String> counts =
          Map.of(
              CheckpointFiles.VERSION, Long.toString(version),
              CheckpointFiles.STEPS, Long.toString(state.stepCount()));
      Path optimizer = fresh.resolve(CheckpointFiles.OPTIMIZER);
      SafetensorsWriter.write(optimizer, new TreeMap<>(counts), moments);
      FolderSwap.replace(target, fresh);
    } catch (IOException | UncheckedIOException e) {
      throw new UserException(
          "cannot write the checkpoint %s: %s".formatted(target, e.getMessage()),
          "See that the disk has room and that the folder may be written.",
          e);
    }
  }

  private void writeWeights(Path fresh, ModelMetadata metadata, Format format) throws IOException {
    NDArray adapters = network.adapters();
    if (adapters != null) {
      AdapterFolder folder = new AdapterFolder(fresh);
      Files.createDirectories(folder.path());
      LoraConfig lora = network.adapterPlan().lora();
      write(
          folder.path().resolve(AdapterFolder.CONFIG), AdapterFolder.config(lora, metadata.base()));
      SafetensorsWriter.write(
          folder.weights(), Map.of("format", "pt"), trained.entries(adapters, ""));
    }
    if (adapters == null || format.merged()) {
      if (adapters != null) {
        network.weightsChanged(); // merging takes as much memory as what this frees
      }
      try (NDManager step = network.step()) {
        SafetensorsWriter.writeWeights(
            fresh, format.shardBytes(), tensors.entries(network.merged(step), ""));
      }
    }
  }

  /** Adapters are nothing without the weights they are for, and wrong on any others. */
  private static void protectBase(Path target, Path base) throws IOException {
    for (Path replaced : List.of(target, FolderSwap.previous(target))) {
      if (Files.exists(base)
          && Files.exists(replaced)
          && base.toRealPath().startsWith(replaced.toRealPath())) {
        throw new UserException(
            "cannot write the checkpoint %s: it would replace %s, which its adapters need"
                .formatted(target, base),
            "Save to another folder.");
      }
    }
  }

  private static void write(Path file, JsonObject content) throws IOException {
    // Nulls stay: transformers puts a default where a key is absent.
    Gson gson =
        new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().serializeNulls().create();
    Files.writeString(file, gson.toJson(content) + "\n");
  }

  /** The folder itself, or the older checkpoint when a new one was about to take its place. */
  public static Path locate(Path folder) {
    Path found = FolderSwap.current(folder.toAbsolutePath());
    Optional<Path> converted = GgufFile.in(found);
    if (converted.isPresent()) {
      return converted.get();
    }
    if (!Files.isDirectory(found)) {
      throw new UserException(
          Files.exists(found)
              ? found + " is neither a folder nor a GGUF file"
              : "the checkpoint " + folder.toAbsolutePath() + " is missing",
          "Name a folder with a whole checkpoint, or a file whose name ends with .gguf.");
    }
    return found;
  }

  /**
   * The configuration of a place that was {@linkplain #locate located}.
   *
   * @throws UserException when it is missing, damaged or of a model that is not supported
   */
  public static ModelConfig config(Path located) {
    return GgufFile.in(located).map(GgufConfig::read).orElseGet(() -> ModelConfig.read(located));
  }

  /**
   * Fills weights, adapters and, where the folder has it, the optimiser's state. Everything is
   * checked before anything is filled.
   *
   * @return updates the weights have seen
   */
  public long read(Path folder) {
    try (CheckpointFiles files =
        CheckpointFiles.open(folder, network.plan(), network.adapterPlan())) {
      return read(files);
    }
  }

  /** The same from files that are open. */
  public long read(CheckpointFiles files) {
    tensors.read(network.weights(), "", files.weights());
    if (!files.factors().isEmpty()) {
      trained.read(network.trainable(), "", files.factors());
    } else if (network.adapters() != null) {
      WeightInitializer.fillAdapters(network, ADAPTER_SEED);
    }
    network.weightsChanged();
    if (!files.moments().isEmpty()) {
      trained.read(state.firstMoment(), CheckpointFiles.FIRST_MOMENT, files.moments());
      trained.read(state.secondMoment(), CheckpointFiles.SECOND_MOMENT, files.moments());
      state.setStepCount(files.steps());
    }
    return files.version();
  }
}
