package io.lanpo.policy.djl.checkpoint;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.lanpo.api.component.UserException;
import io.lanpo.libs.gguf.GgufFile;
import io.lanpo.policy.djl.model.ModelConfig;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The tensors of a checkpoint folder: {@code model.safetensors}, or the shards that {@code
 * model.safetensors.index.json} lists; or those of a GGUF file. Every file is opened and checked
 * before the first tensor is read.
 */
public final class WeightFiles implements AutoCloseable {
  public static final String SINGLE = "model.safetensors";
  public static final String INDEX = "model.safetensors.index.json";
  static final String MAP = "weight_map";

  private final Path origin;
  private final List<SafetensorsReader> readers = new ArrayList<>();
  private final Map<String, WeightTensor> tensors = new LinkedHashMap<>();
  private @Nullable GgufFile gguf;

  private WeightFiles(Path origin) {
    this.origin = origin;
  }

  /**
   * @throws UserException when a file is missing or damaged, or does not hold what the index says
   */
  static WeightFiles open(Path folder) {
    Optional<Path> converted = GgufFile.in(folder);
    if (converted.isPresent()) {
      return ofGguf(converted.get());
    }
    Path single = folder.resolve(SINGLE);
    Path index = folder.resolve(INDEX);
    boolean sharded = Files.notExists(single) && Files.exists(index);
    WeightFiles files = new WeightFiles(sharded ? index : single);
    try {
      if (sharded) {
        files.openShards(folder);
      } else {
        files.tensors.putAll(files.opened(single).tensors());
      }
      return files;
    } catch (RuntimeException e) {
      files.close();
      throw e;
    }
  }

  private static WeightFiles ofGguf(Path file) {
    WeightFiles files = new WeightFiles(file);
    GgufFile gguf = GgufFile.open(file);
    files.gguf = gguf;
    try {
      files.tensors.putAll(GgufWeights.of(gguf));
      return files;
    } catch (RuntimeException e) {
      files.close();
      throw e;
    }
  }

  private SafetensorsReader opened(Path file) {
    SafetensorsReader reader = new SafetensorsReader(file);
    readers.add(reader);
    return reader;
  }

  private void openShards(Path folder) {
    Map<String, String> shardOf = new LinkedHashMap<>();
    JsonElement map = ModelConfig.read(folder, INDEX).content().get(MAP);
    if (!(map instanceof JsonObject entries)) {
      throw damaged("it lacks the object " + MAP);
    }
    for (Map.Entry<String, JsonElement> entry : entries.entrySet()) {
      JsonElement shard = entry.getValue();
      if (!shard.isJsonPrimitive() || !isFileName(shard.getAsString())) {
        throw damaged("%s = %s is not a file of its folder".formatted(entry.getKey(), shard));
      }
      shardOf.put(entry.getKey(), shard.getAsString());
    }
    Map<String, Map<String, StoredTensor>> shards = new LinkedHashMap<>();
    for (String shard : new TreeSet<>(shardOf.values())) {
      if (Files.notExists(folder.resolve(shard))) {
        throw new UserException(
            "%s names the shard %s, which is missing".formatted(origin, shard),
            "Fetch the missing file; a checkpoint needs all of its shards.");
      }
      shards.put(shard, opened(folder.resolve(shard)).tensors());
    }
    shardOf.forEach(
        (name, shard) -> {
          StoredTensor tensor = shards.getOrDefault(shard, Map.of()).get(name);
          if (tensor == null) {
            throw damaged("it places the tensor %s in %s, which lacks it".formatted(name, shard));
          }
          tensors.put(name, tensor);
        });
    shards.values().forEach(held -> held.forEach(tensors::putIfAbsent)); // so that they are checked
  }

  private static boolean isFileName(String name) {
    try {
      Path path = Path.of(name);
      return path.getNameCount() == 1 && !name.matches("(?s).*[/\\\\].*|\\.*");
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private UserException damaged(String how) {
    return new UserException(
        origin + " is damaged: " + how, "Take another copy of the checkpoint.");
  }

  /** The single file or the index, for messages. */
  Path origin() {
    return origin;
  }

  /** The tensors by their names. */
  Map<String, WeightTensor> tensors() {
    return tensors;
  }

  @Override
  public void close() {
    readers.forEach(SafetensorsReader::close);
    if (gguf != null) {
      gguf.close();
    }
  }
}
