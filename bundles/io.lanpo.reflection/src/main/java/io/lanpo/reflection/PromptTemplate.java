package io.lanpo.reflection;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import io.lanpo.api.component.ComponentOptions;
import io.lanpo.api.component.Names;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A Mustache template that is checked when it is made: it uses known variables only, and every one
 * of them. Values are put in as they are, without HTML escaping.
 */
final class PromptTemplate {
  private final Template template;

  /**
   * Compiles a template.
   *
   * @param options where the template is written, for messages
   * @param key the key that holds the template
   * @param text the template
   * @param variables the variables there are
   * @throws io.lanpo.api.component.UserException naming file, key and variable
   */
  PromptTemplate(ComponentOptions options, String key, String text, Set<String> variables) {
    Set<String> used = new TreeSet<>();
    try {
      template = Mustache.compiler().escapeHTML(false).compile(text);
    } catch (MustacheException e) {
      throw options.refuse(
          key, "is not a Mustache template: " + e.getMessage(), "Correct the template.", e);
    }
    template.visit(new NameCollector(used));
    for (String name : used) {
      if (!variables.contains(name)) {
        throw options.refuse(
            key,
            "refers to the unknown variable {{%s}}".formatted(name),
            Names.suggestion(name, variables),
            null);
      }
    }
    for (String name : variables) {
      if (!used.contains(name)) {
        throw options.refuse(
            key, "does not refer to {{%s}}".formatted(name), "Add it to the template.", null);
      }
    }
  }

  /** The template with a value for every variable. */
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
