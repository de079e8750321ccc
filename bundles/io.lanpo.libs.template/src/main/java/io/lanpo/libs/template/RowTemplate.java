package io.lanpo.libs.template;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * A text made of the fields of a row of data, written as a Mustache template. Which fields there
 * are is known row by row. A section is for a field that not every row has: {@code {{#hint}}Hint:
 * {{hint}}{{/hint}}}; an empty one counts as absent there.
 */
public final class RowTemplate {
  private final Template template;
  private final Set<String> names;

  /**
   * Compiles a template.
   *
   * @param refusal what to throw when it is no template, or refers to nothing
   * @throws io.lanpo.api.component.UserException made by the refusal
   */
  public RowTemplate(String text, Refusal refusal) {
    try {
      template = Mustache.compiler().escapeHTML(false).emptyStringIsFalse(true).compile(text);
    } catch (MustacheException e) {
      throw refusal.refuse(
          "is not a Mustache template: " + e.getMessage(), "Correct the template.", e);
    }
    names = Collections.unmodifiableSet(TemplateNames.of(template));
    names.stream()
        .filter(name -> name.startsWith(TemplateNames.INCLUDE))
        .findFirst()
        .ifPresent(
            name -> {
              throw refusal.refuse(
                  "refers to the template {{%s}}, and there is none".formatted(name),
                  "Write it out in its place.",
                  null);
            });
    if (names.isEmpty()) {
      throw refusal.refuse(
          "refers to no field: every problem would be the same", "Write {{FIELD}}.", null);
    }
  }

  /** The fields that it refers to, sorted; of what stands in a section, parts of fields. */
  public Set<String> names() {
    return names;
  }

  /**
   * The text for a row.
   *
   * @param values by field: texts, truth values, lists and maps of these
   * @param lacks what to throw for a field that the row does not have
   */
  public String fill(
      Map<String, Object> values, Function<String, ? extends RuntimeException> lacks) {
    try {
      return template.execute(values);
    } catch (MustacheException.Context e) {
      throw lacks.apply(e.key);
    }
  }
}
