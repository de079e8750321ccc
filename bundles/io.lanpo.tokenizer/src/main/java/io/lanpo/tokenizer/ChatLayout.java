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
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Lays out chats by the template of a checkpoint. It is not read before a chat is: plain prompts
 * need neither the template nor the library behind it.
 */
final class ChatLayout {
  private static final String KEY = "chat_template";

  /** Of those that stand for nothing. */
  private static final char FIRST_MARK = '\ue000';

  /** Chats whose turns are in the orders that there are. */
  private static final List<List<Message.Role>> CHATS =
      List.of(
          List.of(Message.Role.USER),
          List.of(Message.Role.SYSTEM, Message.Role.USER),
          List.of(Message.Role.USER, Message.Role.ASSISTANT, Message.Role.USER),
          List.of(
              Message.Role.SYSTEM, Message.Role.USER, Message.Role.ASSISTANT, Message.Role.USER));

  private final Path folder;
  private final @Nullable Source source;
  private final @Nullable SpecialTexts specials;
  private final Map<String, Object> variables = new HashMap<>();
  private @Nullable ChatTemplate template;

  /** The special tokens that the template puts together from parts, as "&lt;|" + role + "|&gt;". */
  private Set<String> puzzled = Set.of();

  /** A template and where it is written. */
  private record Source(String text, String origin) {}

  /**
   * @param specials names for the special tokens that the template itself writes; null to leave
   *     them as they are spelled, like those in the messages
   * @param given values for variables of the template
   * @throws UserException when the template does not read one of them
   */
  ChatLayout(HubFiles files, @Nullable SpecialTexts specials, ChatVariables given) {
    folder = files.folder();
    source = source(files);
    this.specials = specials;
    variables.put("add_generation_prompt", true);
    for (String name : ChatVariables.SPECIAL) {
      String token = files.specialToken(name);
      if (token != null) {
        variables.put(name, specials == null ? token : specials.named(token));
      }
    }
    if (!given.values().isEmpty()) {
      ChatTemplate found = template();
      given.check(found.variables(), origin());
      variables.putAll(given.values());
      puzzled = specials == null ? puzzled : puzzled(found, specials);
    }
  }

  private String origin() {
    return source == null ? folder.toString() : source.origin();
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
    ChatTemplate found = template();
    if (specials == null || puzzled.isEmpty()) {
      return found.render(messages, variables);
    }
    // What the messages spell is broken by a mark; so what is still spelled is the template's.
    char mark = unused(messages);
    List<Message> marked =
        messages.stream()
            .map(m -> new Message(m.role(), specials.marked(m.text(), puzzled, mark)))
            .toList();
    String text = specials.named(found.render(marked, variables), puzzled);
    return text.replace(Character.toString(mark), "");
  }

  /** A text with the special tokens as the tokenizer's files spell them. */
  String spelled(String text) {
    return specials == null ? text : specials.texts(text);
  }

  /** A character that is in none of the messages, and not in the template. */
  private char unused(List<Message> messages) {
    char mark = FIRST_MARK;
    while (isUsed(mark, messages)) {
      mark++;
    }
    return mark;
  }

  private boolean isUsed(char mark, List<Message> messages) {
    return source != null && source.text().indexOf(mark) >= 0
        || messages.stream().anyMatch(message -> message.text().indexOf(mark) >= 0);
  }

  /** The special tokens that are spelled in chats whose messages spell none. */
  private Set<String> puzzled(ChatTemplate found, SpecialTexts names) {
    Set<String> spelled = new TreeSet<>();
    for (List<Message.Role> roles : CHATS) {
      try {
        List<Message> chat = roles.stream().map(role -> new Message(role, "0")).toList();
        spelled.addAll(names.spelled(found.render(chat, variables)));
      } catch (UserException e) {
        // it refuses such a chat, which may not be one that is asked for
      }
    }
    spelled.removeIf(text -> text.length() < 2); // a mark cannot break these
    return spelled;
  }

  private synchronized ChatTemplate template() {
    if (source == null) {
      throw new UserException(
          "%s has no chat template (%s, or key %s in %s), so it cannot lay out a chat"
              .formatted(folder, HubFiles.TEMPLATE, KEY, TokenizerFiles.CONFIG),
          "Set format = PLAIN in the strategies, or name an instruct checkpoint.");
    }
    if (template == null) {
      if (specials == null) {
        template = ChatTemplate.of(source.text(), source.origin());
      } else {
        template = ChatTemplate.of(source.text(), source.origin(), specials::named);
        puzzled = puzzled(template, specials);
      }
    }
    return template;
  }
}
