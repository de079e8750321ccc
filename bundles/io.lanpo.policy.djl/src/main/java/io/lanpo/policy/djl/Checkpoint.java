package io.lanpo.policy.djl;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import io.lanpo.api.component.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A folder as Hugging Face lays it out: {@code config.json}, {@code model.safetensors}, the
 * tokenizer's files, and beside them {@code optimizer.safetensors} with the moments of AdamW.
 *
 * <p>It is written beside its place and then renamed. A folder cannot be replaced in one stroke, so
 * the older one is first set aside under {@code NAME.previous}; {@link #found} looks there too.
 */
final class Checkpoint {
  static final String WEIGHTS = "model.safetensors";
  static final String OPTIMIZER = "optimizer.safetensors";

  private static final String FIRST = "exp_avg.";
  private static final String SECOND = "exp_avg_sq.";
  private static final String STEPS = "steps";
  private static final String VERSION = "version";

  private final Network network;
  private final OptimizerState state;
  private final Tensors tensors;

  Checkpoint(Network network, OptimizerState state) {
    this.network = network;
    this.state = state;
    this.tensors = new Tensors(network);
  }

  /**
   * Writes a folder.
   *
   * @param config the model's configuration
   * @param version updates the weights have seen
   * @param tokenizer writes the tokenizer's files into a folder
   */
  void write(Path folder, JsonObject config, long version, Consumer<Path> tokenizer) {
    Path target = folder.toAbsolutePath();
    Path fresh = target.resolveSibling(target.getFileName() + ".writing");
    try {
      delete(fresh);
      Files.createDirectories(fresh);
      Gson gson = new GsonBuilder().setPrettyPrinting().create();
      Files.writeString(fresh.resolve(ModelConfig.FILE), gson.toJson(config) + "\n");
      tokenizer.accept(fresh);
      SafetensorsWriter weights = new SafetensorsWriter();
      weights.note("format", "pt");
      tensors.write(network.weights(), "", weights);
      weights.write(fresh.resolve(WEIGHTS));
      SafetensorsWriter moments = new SafetensorsWriter();
      moments.note(VERSION, Long.toString(version));
      moments.note(STEPS, Long.toString(state.stepCount()));
      tensors.write(state.firstMoment(), FIRST, moments);
      tensors.write(state.secondMoment(), SECOND, moments);
      moments.write(fresh.resolve(OPTIMIZER));
      replace(target, fresh);
    } catch (IOException | UncheckedIOException e) {
      throw new UserException(
          "cannot write the checkpoint %s: %s".formatted(target, e.getMessage()),
          "See that the disk has room and that the folder may be written.",
          e);
    }
  }

  private static void replace(Path target, Path fresh) throws IOException {
    Path previous = previous(target);
    delete(previous);
    if (Files.exists(target)) {
      Files.move(target, previous);
    }
    Files.move(fresh, target);
    delete(previous);
  }

  /** The folder itself, or the older checkpoint when a new one was about to take its place. */
  static Path found(Path folder) {
    Path target = folder.toAbsolutePath();
    if (Files.isDirectory(target)) {
      return target;
    }
    if (Files.isDirectory(previous(target))) {
      return previous(target);
    }
    throw new UserException(
        "the checkpoint " + target + " is missing", "Name a folder with a whole checkpoint.");
  }

  private static Path previous(Path target) {
    return target.resolveSibling(target.getFileName() + ".previous");
  }

  /**
   * Fills weights and, where the folder has it, the optimiser's state.
   *
   * @return updates the weights have seen
   */
  long read(Path folder) {
    try (SafetensorsReader weights = new SafetensorsReader(folder.resolve(WEIGHTS))) {
      tensors.read(network.weights(), "", weights);
    }
    network.changed();
    Path optimizer = folder.resolve(OPTIMIZER);
    if (!Files.exists(optimizer)) {
      return 0;
    }
    try (SafetensorsReader moments = new SafetensorsReader(optimizer)) {
      tensors.read(state.firstMoment(), FIRST, moments);
      tensors.read(state.secondMoment(), SECOND, moments);
      state.setStepCount(number(moments, STEPS, optimizer));
      return number(moments, VERSION, optimizer);
    }
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

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(folder)) {
      paths = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.delete(path);
    }
  }
}
