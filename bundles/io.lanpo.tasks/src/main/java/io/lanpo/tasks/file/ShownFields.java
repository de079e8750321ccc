package io.lanpo.tasks.file;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.tasks.layout.Mapping;
import io.lanpo.tasks.rows.Row;
import io.lanpo.tasks.rows.Shown;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The fields that a question may be made of: those of the mapping, and those that the configuration
 * names. One that holds the answer is refused; no wording is worth a policy that learns to copy.
 *
 * @param key of the setting
 * @param named the fields that it names
 * @param all with those of the mapping
 * @param hidden the fields that hold the answer
 */
record ShownFields(String key, List<String> named, List<String> all, List<String> hidden) {
  static final Setting<String> SHOWN_FIELDS =
      Setting.text(
          "shown-fields",
          "",
          "fields of a row that the question may show beside its wording, for task.question:"
              + " entry_point | tests.0; with layout = code the tests that are named stand below"
              + " the wording. No other field reaches a prompt; one with the answer is refused");

  /** A name that mostly is an answer's. */
  private static final Set<String> SUSPECT =
      Set.of(
          "answer",
          "answers",
          "solution",
          "solutions",
          "canonical_solution",
          "ground_truth",
          "gold",
          "target");

  private static final Logger LOG = LoggerFactory.getLogger(ShownFields.class);

  /**
   * Reads the setting.
   *
   * @throws UserException when it names a field that holds the answer
   */
  static ShownFields of(Settings settings, Mapping mapping) {
    String key = settings.key(SHOWN_FIELDS);
    List<String> named = Lists.plain(settings.get(SHOWN_FIELDS));
    for (String field : named) {
      for (String answer : mapping.hides()) {
        if (within(field, answer) || within(answer, field)) {
          throw new UserException(
              "%s names %s: the answer is in %s".formatted(key, field, answer),
              "Leave it out; a policy that reads the answer learns to copy it.");
        }
      }
      if (SUSPECT.contains(field.substring(field.lastIndexOf('.') + 1))) {
        LOG.warn("{} names {}: if that tells the answer, the policy learns to copy it", key, field);
      }
    }
    return new ShownFields(
        key,
        named,
        Stream.concat(mapping.shows().stream(), named.stream()).toList(),
        mapping.hides());
  }

  /** Whether a field is another one or a part of it. */
  private static boolean within(String field, String whole) {
    return field.equals(whole) || field.startsWith(whole + ".");
  }

  /** What a question may be made of. */
  Shown of(Row row) {
    return Shown.of(row, all);
  }

  /**
   * Refuses a template that refers to what a row has and does not show: a section would be silently
   * empty.
   *
   * @param names what it refers to
   * @param template where it stands
   */
  void require(Row row, Set<String> names, String template) {
    for (String name : names) {
      if (row.has(name) && all.stream().noneMatch(field -> within(name, field))) {
        throw new UserException(
            "%s refers to {{%s}}, which is not shown".formatted(template, name),
            hidden.stream().anyMatch(answer -> within(name, answer) || within(answer, name))
                ? "Leave it out; it holds the answer."
                : "Add %s to %s.".formatted(name, key));
      }
    }
  }
}
