package io.lanpo.engine.run.folder;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.lanpo.engine.run.file.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the folder says of the model that a run began with.
 *
 * @param name name of the folder; empty for random weights
 * @param hub its name on the Hugging Face hub; empty when that is not known
 * @param license the license fields of its own card, as they are written there
 */
record BaseModel(String name, String hub, Map<String, String> license) {
  private static final Pattern HUB =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*/[A-Za-z0-9][A-Za-z0-9_.-]*");
  private static final Pattern FRONT =
      Pattern.compile("\\A---\\R(?<fields>.*?)\\R---\\s*?(\\R|\\z)", Pattern.DOTALL);
  private static final Pattern FIELD =
      Pattern.compile(
          "^(?<key>license|license_name|license_link|base_model):[ \\t]*(?<value>[^\\s\\[{&*!|>%@`#].*?)[ \\t]*$",
          Pattern.MULTILINE);

  /**
   * Reads it. A folder that says nothing is no error: a card is a help and not a condition.
   *
   * @param folder as the run names it; empty for random weights
   */
  static BaseModel of(String folder) {
    if (folder.isEmpty()) {
      return new BaseModel("", "", Map.of());
    }
    Path path = Path.of(folder);
    Map<String, String> fields = fields(path.resolve("README.md"));
    String hub = fields.getOrDefault("base_model", "").replaceAll("[\"']", "");
    if (!HUB.matcher(hub).matches()) {
      hub = nameIn(path.resolve("config.json"));
    }
    fields.remove("base_model");
    Path last = path.toAbsolutePath().normalize().getFileName();
    return new BaseModel(last == null ? folder : last.toString(), hub, fields);
  }

  /** What transformers writes of the model that it has opened; often the path on some machine. */
  private static String nameIn(Path config) {
    try {
      if (Files.isRegularFile(config)
          && JsonParser.parseString(Files.readString(config)) instanceof JsonObject object
          && object.has("_name_or_path")) {
        String name = object.get("_name_or_path").getAsString();
        return HUB.matcher(name).matches() ? name : "";
      }
      return "";
    } catch (IOException e) {
      throw Json.cannotRead(config, e);
    } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
      return "";
    }
  }

  private static Map<String, String> fields(Path card) {
    Map<String, String> fields = new LinkedHashMap<>();
    try {
      if (Files.isRegularFile(card)) {
        Matcher front = FRONT.matcher(Files.readString(card));
        if (front.find()) {
          Matcher field = FIELD.matcher(front.group("fields"));
          while (field.find()) {
            fields.putIfAbsent(field.group("key"), field.group("value"));
          }
        }
      }
    } catch (IOException e) { // it may be in another encoding
      fields.clear();
    }
    return fields;
  }
}
