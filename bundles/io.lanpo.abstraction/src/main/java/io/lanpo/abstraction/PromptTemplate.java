package io.lanpo.abstraction;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import io.lanpo.api.component.ComponentOptions;
import io.lanpo.api.component.Names;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A Mustache template that is checked when it is made: it refers to known names only, to those it
 * must, and can be filled. Values are put in as they are, without HTML escaping.
 */
final class PromptTemplate {
  private final Template template;

  /**
   * Compiles a template.
   *
   * @param options where the template is written, for messages
   * @param key the key that holds the template
   * @param text the template
   * @param required names that the template must refer to
   * @param optional names that it may refer to
   * @param sample values to try the template with
   * @throws io.lanpo.api.component.UserException naming file, key and name
   */
  PromptTemplate(
      ComponentOptions options,
      String key,
      String text,
      Set<String> required,
      Set<String> optional,
      Map<String, Object> sample) {
    Set<String> used = new TreeSet<>();
    try {
      template = Mustache.compiler().escapeHTML(false).strictSections(true).compile(text);
    } catch (MustacheException e) {
      throw options.refuse(
          key, "is not a Mustache template: " + e.getMessage(), "Correct the template.", e);
    }
    template.visit(new NameCollector(used));
    Set<String> known = new TreeSet<>(required);
    known.addAll(optional);
    for (String name : used) {
      if (!known.contains(name)) {
        throw options.refuse(
            key,
            "refers to the unknown variable {{%s}}".formatted(name),
            Names.suggestion(name, known),
            null);
      }
    }
    for (String name : new TreeSet<>(required)) {
      if (!used.contains(name)) {
        throw options.refuse(
            key, "does not refer to {{%s}}".formatted(name), "Add it to the template.", null);
      }
    }
    try {
      template.execute(sample);
    } catch (MustacheException e) {
      throw options.refuse(
          key, "cannot be filled: " + e.getMessage(), "A variable of a section stands outside.", e);
    }
  }

  /** The template with values. */
  String fill(Map<String, Object> values) {
    return template.execute(values);
  }

  /** Collects every name in a template. */
  private record NameCollector(Set<String> names) implements Mustache.Visitor {
    @Override
    public void visitText(String text) {}

    @Override
    public void visitVariable(String name) {
      names.add(name);
    }

    @Override
    public boolean visitInclude(String name) {
      names.add("> " + name);
      return false;
    }

    @Override
    public boolean visitSection(String name) {
      names.add(name);
      return true;
    }

    @Override
    public boolean visitInvertedSection(String name) {
      names.add(name);
      return true;
    }
  }
}
