package io.lanpo.policy.tinker;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.lanpo.api.component.UserException;
import io.lanpo.libs.files.FileTree;
import io.lanpo.libs.files.FolderSwap;
import io.lanpo.libs.http.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A folder here that stands for a model there: the files of its tokenizer, {@code config.json} and
 * {@code generation_config.json} as Hugging Face writes them (weights are not needed), and in a
 * checkpoint {@code tinker.json}, which says where on the server the weights are.
 */
final class ModelFolder {
  static final String POINTER = "tinker.json";
  static final String ARCHIVE = "sampler-weights.tar.gz";

  private static final List<String> CONFIGS = List.of("config.json", "generation_config.json");
  private static final String CONTEXT = "max_position_embeddings";
  private static final String END = "eos_token_id";

  private final Path folder;
  private final Map<String, byte[]> configs;

  private ModelFolder(Path folder, Map<String, byte[]> configs) {
    this.folder = folder;
    this.configs = configs;
  }

  /**
   * Where on a server a checkpoint's weights are.
   *
   * @param server its address
   * @param base its name of the model
   * @param rank of the adapters
   * @param weights the server's path of weights and optimiser's state
   * @param version updates they have seen
   */
  record Pointer(String server, String base, int rank, String weights, long version) {}

  /** Reads a folder; its files may be gone afterwards. */
  static ModelFolder of(Path given) {
    Path target = given.toAbsolutePath();
    Path found = FolderSwap.current(target);
    if (!Files.isDirectory(found)) {
      throw new UserException(
          "the checkpoint " + target + " is missing", "Name a folder with a whole checkpoint.");
    }
    Map<String, byte[]> configs = new LinkedHashMap<>();
    for (String name : CONFIGS) {
      if (Files.exists(found.resolve(name))) {
        configs.put(name, read(found.resolve(name)));
      }
    }
    return new ModelFolder(found, configs);
  }

  Path path() {
    return folder;
  }

  /** The model's family; {@code unknown} where no {@code config.json} says it. */
  String family() {
    String family = Answer.text(config(CONFIGS.get(0)), "model_type");
    return family.isEmpty() ? "unknown" : family;
  }

  /** Longest sequence in tokens; 0 where no {@code config.json} says it. */
  int context() {
    JsonObject config = config(CONFIGS.get(0));
    JsonElement value =
        config.get("text_config") instanceof JsonObject text && !config.has(CONTEXT)
            ? text.get(CONTEXT)
            : config.get(CONTEXT);
    return value == null || value.isJsonNull() ? 0 : whole(CONFIGS.get(0), CONTEXT, value);
  }

  /** Every end token that the configurations name. */
  int[] ends() {
    List<Integer> ends = new ArrayList<>();
    for (String name : CONFIGS) {
      JsonElement value = config(name).get(END);
      if (value instanceof JsonArray many) {
        many.forEach(one -> ends.add(whole(name, END, one)));
      } else if (value != null && !value.isJsonNull()) {
        ends.add(whole(name, END, value));
      }
    }
    return ends.stream().distinct().mapToInt(end -> end).toArray();
  }

  private int whole(String name, String key, JsonElement value) {
    if (value instanceof JsonPrimitive number && number.getAsString().matches("\\d{1,9}")) {
      return number.getAsInt();
    }
    throw new UserException(
        "%s: %s = %s; it must be a whole number".formatted(folder.resolve(name), key, value),
        "Restore the file, or take another checkpoint.");
  }

  /** Where the weights are; null for a model as the server has it from the beginning. */
  @Nullable Pointer pointer() {
    Path file = folder.resolve(POINTER);
    if (!Files.exists(file)) {
      return null;
    }
    JsonObject json = json(file, read(file));
    String weights = Answer.text(json, "weights");
    String base = Answer.text(json, "baseModel");
    String rank = Answer.text(json, "loraRank");
    String version = Answer.text(json, "version");
    if (weights.isEmpty() || !rank.matches("\\d{1,9}") || !version.matches("\\d{1,18}")) {
      throw damaged(file, null);
    }
    return new Pointer(
        Answer.text(json, "server"),
        base,
        Integer.parseInt(rank),
        weights,
        Long.parseLong(version));
  }

  /**
   * Writes a checkpoint.
   *
   * @param tokenizer writes the tokenizer's files into a folder
   * @param archive the weights for sampling; empty for none
   */
  void write(Path given, Pointer pointer, Consumer<Path> tokenizer, byte[] archive) {
    Path target = given.toAbsolutePath();
    Path fresh = target.resolveSibling(target.getFileName() + ".writing");
    try {
      FileTree.delete(fresh);
      Files.createDirectories(fresh);
      tokenizer.accept(fresh);
      for (Map.Entry<String, byte[]> config : configs.entrySet()) {
        Files.write(fresh.resolve(config.getKey()), config.getValue());
      }
      if (archive.length > 0) {
        Files.write(fresh.resolve(ARCHIVE), archive);
      }
      JsonObject json = new JsonObject();
      json.addProperty("server", pointer.server());
      json.addProperty("baseModel", pointer.base());
      json.addProperty("loraRank", pointer.rank());
      json.addProperty("weights", pointer.weights());
      json.addProperty("version", pointer.version());
      Files.writeString(fresh.resolve(POINTER), json + "\n");
      FolderSwap.replace(target, fresh);
    } catch (IOException e) {
      throw new UserException(
          "cannot write the checkpoint %s: %s".formatted(target, e.getMessage()),
          "See that the disk has room and that the folder may be written.",
          e);
    }
  }

  private JsonObject config(String name) {
    byte[] bytes = configs.get(name);
    return bytes == null ? new JsonObject() : json(folder.resolve(name), bytes);
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UserException(
          "%s cannot be read: %s".formatted(file, e.getMessage()), "Check the file.", e);
    }
  }

  private static JsonObject json(Path file, byte[] bytes) {
    try {
      if (JsonParser.parseString(new String(bytes, StandardCharsets.UTF_8))
          instanceof JsonObject object) {
        return object;
      }
    } catch (JsonParseException e) {
      throw damaged(file, e);
    }
    throw damaged(file, null);
  }

  private static UserException damaged(Path file, @Nullable Throwable cause) {
    return new UserException(
        file + " is damaged", "Restore the file, or take another checkpoint.", cause);
  }
}
