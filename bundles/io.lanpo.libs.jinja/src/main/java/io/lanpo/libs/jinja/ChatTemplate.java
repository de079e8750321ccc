package io.lanpo.libs.jinja;

import io.lanpo.api.component.UserException;
import io.lanpo.api.task.Message;
import io.lanpo.libs.jinja.parse.TemplateParser;
import io.lanpo.libs.jinja.render.Rendering;
import io.lanpo.libs.jinja.render.Statement;
import io.lanpo.libs.jinja.value.None;
import io.lanpo.libs.jinja.value.Stop;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The chat template of a Hugging Face checkpoint, rendered character by character as transformers
 * does. Immutable and safe for use by several threads.
 *
 * <p>The template is untrusted: it sees its variables only, cannot reach Java or files, and is
 * stopped when it takes more than {@link io.lanpo.libs.jinja.value.Budget} allows. {@code
 * strftime_now} says a fixed day, see {@link io.lanpo.libs.jinja.value.Today}.
 */
public final class ChatTemplate {
  /** Far above any template that is known; reading one takes time that grows with its length. */
  private static final int LONGEST = 1 << 18;

  private final String origin;
  private final TemplateParser.Parsed parsed;

  private ChatTemplate(String origin, TemplateParser.Parsed parsed) {
    this.origin = origin;
    this.parsed = parsed;
  }

  /**
   * Reads a template. Its tags are checked; its expressions are read when they are reached.
   *
   * @param source the template
   * @param origin where it is written, for messages: a file, perhaps with a key
   * @throws UserException naming origin, line and construct when a tag is unknown or not closed
   */
  public static ChatTemplate of(String source, String origin) {
    return of(source, origin, own -> own);
  }

  /**
   * The same, with the template's own words changed, so that they can be told from those of the
   * messages.
   *
   * @param own what becomes of a text of the template: between its tags, or quoted in an expression
   */
  public static ChatTemplate of(String source, String origin, UnaryOperator<String> own) {
    if (source.length() > LONGEST) {
      throw new UserException(
          "%s: a chat template has at most %,d characters, not %,d"
              .formatted(origin, LONGEST, source.length()),
          "Use the template that came with the model.");
    }
    try {
      return new ChatTemplate(origin, TemplateParser.parse(source, own));
    } catch (Stop e) {
      throw refused(origin, e, e.line());
    }
  }

  /**
   * The variables that the template reads and does not set itself, {@code messages} among them,
   * sorted.
   */
  public Set<String> variables() {
    return Collections.unmodifiableSet(parsed.variables());
  }

  /**
   * Lays out a chat.
   *
   * @param messages the turns, oldest first
   * @param variables what the template sees besides {@code messages}: texts, truth values, {@code
   *     Long} and {@code Double}, such as {@code add_generation_prompt}, {@code bos_token}, {@code
   *     eos_token}; {@code tools} and {@code documents} are none unless given
   * @return the prompt, special tokens written out
   * @throws UserException naming origin, line and reason when the template refuses the messages,
   *     does what is not supported, or does not come to an end
   */
  public String render(List<Message> messages, Map<String, ?> variables) {
    Map<String, Object> all = new HashMap<>();
    all.put("tools", None.NONE);
    all.put("documents", None.NONE);
    all.putAll(variables);
    all.put("messages", turns(messages));
    Rendering rendering = new Rendering(all);
    try {
      return Statement.text(parsed.statements(), rendering);
    } catch (Stop e) {
      throw refused(origin, e, e.line() > 0 ? e.line() : rendering.line());
    } catch (StackOverflowError e) {
      Stop deep = Stop.here(Stop.Kind.ENDLESS, "it nests too deeply");
      throw refused(origin, deep, rendering.line());
    }
  }

  private static List<Map<String, Object>> turns(List<Message> messages) {
    List<Map<String, Object>> turns = new ArrayList<>();
    for (Message message : messages) {
      Map<String, Object> turn = new LinkedHashMap<>();
      turn.put("role", message.role().name().toLowerCase(Locale.ROOT));
      turn.put("content", message.text());
      turns.add(turn);
    }
    return turns;
  }

  private static UserException refused(String origin, Stop stop, int line) {
    String place = line > 0 ? "%s line %d".formatted(origin, line) : origin;
    return switch (stop.kind()) {
      case RAISED ->
          new UserException(
              "%s: the chat template refuses these messages: %s".formatted(place, stop.reason()),
              "Change the prompts of the strategies (system turn, order of turns), or use format ="
                  + " PLAIN.",
              stop);
      case WRONG ->
          new UserException(
              "%s: the chat template cannot be rendered: %s".formatted(place, stop.reason()),
              "Use the template that came with the model, or format = PLAIN in the strategies.",
              stop);
      case ENDLESS ->
          new UserException(
              "%s: the chat template does not come to an end: %s".formatted(place, stop.reason()),
              "Use the template that came with the model, or format = PLAIN in the strategies.",
              stop);
    };
  }
}
