package io.lanpo.tokenizer;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.lanpo.api.component.UserException;
import io.lanpo.api.task.Message;
import io.lanpo.libs.jinja.ChatTemplate;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lays out chats by the template of a checkpoint. It is not read before a chat is: plain prompts
 * need neither the template nor the library behind it.
 */
final class ChatLayout {
  private static final String KEY = "chat_template";

  private static final List<String> SPECIAL =
      List.of(
          "bos_token",
          "eos_token",
          "unk_token",
          "sep_token",
          "pad_token",
          "cls_token",
          "mask_token");

  private final Path folder;
  private final @Nullable Source source;
  private final Map<String, Object> variables = new HashMap<>();
  private @Nullable ChatTemplate template;

  /** A template and where it is written. */
  private record Source(String text, String origin) {}

  ChatLayout(HubFiles files) {
    folder = files.folder();
    source = source(files);
    variables.put("add_generation_prompt", true);
    for (String name : SPECIAL) {
      String token = files.specialToken(name);
      if (token != null) {
        variables.put(name, token);
      }
    }
  }

  /** A file of its own wins over the key in the configuration, as in transformers. */
  private static @Nullable Source source(HubFiles files) {
    String file = files.text(HubFiles.TEMPLATE);
    if (file != null) {
      return new Source(file, files.folder().resolve(HubFiles.TEMPLATE).toString());
    }
    Path config = files.folder().resolve(TokenizerFiles.CONFIG);
    JsonElement value = files.json(TokenizerFiles.CONFIG).get(KEY);
    if (value instanceof JsonArray named) {
      value = byDefault(named);
    }
    return value instanceof JsonPrimitive text && text.isString()
        ? new Source(text.getAsString(), "%s: key %s".formatted(config, KEY))
        : null;
  }

  private static @Nullable JsonElement byDefault(JsonArray named) {
    for (JsonElement entry : named) {
      if (entry instanceof JsonObject object
          && object.get("name") instanceof JsonPrimitive name
          && name.getAsString().equals("default")) {
        return object.get("template");
      }
    }
    return null;
  }

  /**
   * The text of a chat, up to where the assistant's next turn begins.
   *
   * @throws UserException when there is no template, or it cannot be rendered
   */
  String render(List<Message> messages) {
    return template().render(messages, variables);
  }

  private synchronized ChatTemplate template() {
    if (source == null) {
      throw new UserException(
          "%s has no chat template (%s, or key %s in %s), so it cannot lay out a chat"
              .formatted(folder, HubFiles.TEMPLATE, KEY, TokenizerFiles.CONFIG),
          "Set format = PLAIN in the strategies, or name an instruct checkpoint.");
    }
    if (template == null) {
      template = ChatTemplate.of(source.text(), source.origin());
    }
    return template;
  }
}
