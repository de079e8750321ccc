package io.lanpo.libs.template;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import io.lanpo.api.component.ComponentOptions;
import io.lanpo.api.component.Names;
import io.lanpo.api.task.Message;
import io.lanpo.api.task.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * A prompt written as a Mustache template that is checked when it is made: it refers to known names
 * only, to those it must, and can be filled. Values are put in as they are: without HTML escaping,
 * and never read as a template themselves.
 */
public final class PromptTemplate {
  private final Template template;
  private final Format format;
  private final String system;
  private final Examples examples;

  /**
   * Compiles a template.
   *
   * @param text the template
   * @param variables the names it must and may refer to
   * @param format how the filled template is laid out
   * @param system the system turn of a chat; none when blank
   * @param examples what stands before every prompt
   * @param refusal what to throw when the template cannot be used
   * @throws io.lanpo.api.component.UserException made by the refusal, naming what is wrong
   */
  public PromptTemplate(
      String text,
      Variables variables,
      Format format,
      String system,
      Examples examples,
      Refusal refusal) {
    this.format = format;
    this.examples = examples;
    this.system = system.strip();
    try {
      template = Mustache.compiler().escapeHTML(false).strictSections(true).compile(text);
    } catch (MustacheException e) {
      throw refusal.refuse(
          "is not a Mustache template: " + e.getMessage(), "Correct the template.", e);
    }
    checkNames(variables, refusal);
    try {
      template.execute(variables.sample());
    } catch (MustacheException e) {
      throw refusal.refuse(
          "cannot be filled: " + e.getMessage(), "A variable of a section stands outside.", e);
    }
  }

  /**
   * Compiles a template that is an option of a component.
   *
   * @param key the option's key
   * @param text reads the option
   * @param examplesKey key of the option with worked examples
   * @param examples these as they are written
   * @throws io.lanpo.api.component.UserException naming file, key and what is wrong
   */
  public static PromptTemplate of(
      ComponentOptions options,
      String key,
      Supplier<String> text,
      Variables variables,
      Format format,
      String system,
      String examplesKey,
      String examples) {
    return new PromptTemplate(
        options.read(key, text, t -> t != null && !t.isBlank(), "a template"),
        variables,
        format,
        system,
        Examples.parse(examples, Refusal.of(options, examplesKey)),
        Refusal.of(options, key));
  }

  private void checkNames(Variables variables, Refusal refusal) {
    Set<String> used = TemplateNames.of(template);
    Set<String> known = new TreeSet<>(variables.required());
    known.addAll(variables.optional());
    for (String name : used) {
      if (!known.contains(name)) {
        throw refusal.refuse(
            "refers to the unknown variable {{%s}}".formatted(name),
            Names.suggestion(name, known),
            null);
      }
    }
    for (String name : new TreeSet<>(variables.required())) {
      if (!used.contains(name)) {
        throw refusal.refuse(
            "does not refer to {{%s}}".formatted(name), "Add it to the template.", null);
      }
    }
  }

  /** The prompt with values for the names; sections take truth values, or lists of maps. */
  public Prompt fill(Map<String, Object> values) {
    String text = template.execute(values);
    if (format == Format.PLAIN) {
      StringBuilder all = new StringBuilder();
      examples.pairs().forEach(p -> all.append(p.prompt() + " " + p.completion()).append("\n\n"));
      return new Prompt.Plain(all.append(text).toString());
    }
    List<Message> turns = new ArrayList<>();
    if (!system.isEmpty()) {
      turns.add(new Message(Message.Role.SYSTEM, system));
    }
    for (Examples.Pair pair : examples.pairs()) {
      turns.add(new Message(Message.Role.USER, pair.prompt()));
      turns.add(new Message(Message.Role.ASSISTANT, pair.completion()));
    }
    turns.add(new Message(Message.Role.USER, text));
    return new Prompt.Chat(turns);
  }
}
