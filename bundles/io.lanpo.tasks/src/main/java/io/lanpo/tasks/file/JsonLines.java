package io.lanpo.tasks.jsonl;

import io.lanpo.api.component.LanpoName;
import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.task.Curriculum;
import io.lanpo.api.task.KeyFields;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Prompt;
import io.lanpo.api.task.Question;
import io.lanpo.api.task.Task;
import io.lanpo.api.task.TaskSource;
import io.lanpo.libs.template.Examples;
import io.lanpo.libs.template.Format;
import io.lanpo.libs.template.PromptTemplate;
import io.lanpo.libs.template.Refusal;
import io.lanpo.libs.template.Variables;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * Problems from files with one JSON object a line: {@code {"problem": "2 + 3 = ?", "answer": "5"}},
 * with an optional {@code id} and labels such as {@code level} and {@code subject}. For a verifier
 * whose key has parts, {@code key-fields} names the members that hold them. Such a task has no
 * demonstrations.
 */
@Component(scope = ServiceScope.PROTOTYPE)
@LanpoName("jsonl")
public final class JsonLines implements TaskSource {

  static final Setting<String> DATA =
      Setting.text("data", "", "file with the problems to learn from");

  static final Setting<String> PROBLEM_FIELD =
      Setting.text("problem-field", "problem", "member of an object that holds the wording");

  static final Setting<String> ANSWER_FIELD =
      Setting.text("answer-field", "answer", "member of an object that holds the answer key");

  static final Setting<String> LABEL_FIELDS =
      Setting.text(
          "label-fields",
          "level | subject | subject=type",
          "members that evaluations are broken down by, where a row has them; name=member where a"
              + " member is called otherwise");

  static final Setting<Format> FORMAT =
      Setting.choice(
              "format",
              Format.class,
              "whether a problem is posed as a turn of a chat or as text to be continued")
          .withDefault(Format.CHAT);

  static final Setting<String> PROMPT =
      Setting.text(
          "prompt",
          "{{question}} Reason step by step and put the final answer in \\boxed{}.",
          "how a problem is posed; {{question}} stands for its wording");

  static final Setting<String> SYSTEM =
      Setting.text("system", "", "system turn of a chat; none when empty");

  static final Setting<String> EXAMPLES =
      Setting.text(
          "examples",
          "",
          "worked examples that stand before every problem, as earlier turns of the chat: prompt =>"
              + " completion, || between them");

  static final Setting<String> KEY_FIELDS =
      Setting.text(
          "key-fields",
          "",
          "members that make up the answer key where it has parts, as for the verifier code:"
              + " tests | entry_point | setup | solution, or name=member where a member is called"
              + " otherwise; the first must be there; empty: answer-field");

  private static final List<Setting<?>> SETTINGS =
      List.of(
          DATA,
          Split.HELD_OUT,
          Split.HELD_OUT_SHARE,
          Split.HELD_OUT_LAST,
          PROBLEM_FIELD,
          ANSWER_FIELD,
          KEY_FIELDS,
          LABEL_FIELDS,
          FORMAT,
          PROMPT,
          SYSTEM,
          EXAMPLES);

  @Override
  public List<Setting<?>> settings() {
    return SETTINGS;
  }

  @Override
  public Task open(Settings settings, long seed) {
    PromptTemplate prompt =
        new PromptTemplate(
            settings.get(PROMPT),
            Variables.texts("question"),
            settings.get(FORMAT),
            settings.get(SYSTEM),
            Examples.parse(settings.get(EXAMPLES), Refusal.of(settings, EXAMPLES)),
            Refusal.of(settings, PROMPT));
    List<Entry> data = read(settings, DATA);
    Split split = split(settings, data, seed);
    return new FileTask(problems(split.training()), problems(split.heldOut()), prompt);
  }

  private static Split split(Settings settings, List<Entry> data, long seed) {
    int last = settings.get(Split.HELD_OUT_LAST);
    if (settings.get(Split.HELD_OUT).isEmpty()) {
      return last > 0 ? Split.byLast(data, last, settings) : Split.byShare(data, seed, settings);
    }
    if (last > 0) {
      throw new UserException(
          "%s = %s and %s = %d both say what is set aside"
              .formatted(
                  settings.key(Split.HELD_OUT),
                  settings.get(Split.HELD_OUT),
                  settings.key(Split.HELD_OUT_LAST),
                  last),
          "Remove one of them.");
    }
    return Split.byFile(data, read(settings, Split.HELD_OUT));
  }

  private static List<Entry> read(Settings settings, Setting<String> setting) {
    String path = settings.get(setting);
    try {
      if (!path.isEmpty()) {
        return new ProblemFile(
                Path.of(path),
                settings.get(PROBLEM_FIELD),
                settings.get(ANSWER_FIELD),
                keyFields(settings),
                fields(settings, LABEL_FIELDS, "level | subject"))
            .read();
      }
    } catch (InvalidPathException e) {
      throw new UserException(
          "%s = %s is not a path".formatted(settings.key(setting), path), "Name a file.", e);
    }
    throw new UserException(
        "%s is empty".formatted(settings.key(setting)),
        "Name a file with one object a line, such as {\"problem\": \"2 + 3 = ?\", \"answer\": \"5\"}.");
  }

  private static Optional<KeyFields> keyFields(Settings settings) {
    return settings.get(KEY_FIELDS).isBlank()
        ? Optional.empty()
        : Optional.of(fields(settings, KEY_FIELDS, "tests | setup | solution=code"));
  }

  private static KeyFields fields(Settings settings, Setting<String> setting, String example) {
    String text = settings.get(setting);
    return KeyFields.parse(text)
        .orElseThrow(
            () ->
                new UserException(
                    "%s = %s cannot be read".formatted(settings.key(setting), text),
                    "Give names with | between them, such as %s.".formatted(example)));
  }

  private static List<Problem> problems(List<Entry> entries) {
    return entries.stream().map(Entry::problem).toList();
  }

  private record FileTask(List<Problem> training, List<Problem> heldOut, PromptTemplate prompt)
      implements Task {
    @Override
    public Prompt pose(Question question) {
      return prompt.fill(Map.of("question", question.text()));
    }

    @Override
    public Optional<Curriculum> curriculum() {
      return Optional.empty();
    }
  }
}
