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
  private static final String LAST = "held-out-last";
  private static final String KEY_FIELDS = "key-fields";
  private static final String LABEL_FIELDS = "label-fields";

  private static final List<Setting> SETTINGS =
      List.of(
          Setting.text("data", "", "file with the problems to learn from"),
          Setting.text(
              "held-out",
              "",
              "file with the problems for evaluation; without one, a share of the data is set aside"),
          Setting.decimal(
              "held-out-share",
              0.1,
              0,
              0.9,
              "of the problems",
              "share of the data that is set aside when there is no file for evaluation"),
          Setting.integer(
              LAST,
              0,
              0,
              10_000_000,
              "problems",
              "the last so many problems of the data are set aside instead of a share; problems before"
                  + " them with the same wording are left out; 0: a share"),
          Setting.text("problem-field", "problem", "member of an object that holds the wording"),
          Setting.text("answer-field", "answer", "member of an object that holds the answer key"),
          Setting.text(
              KEY_FIELDS,
              "",
              "members that make up the answer key where it has parts, as for the verifier code:"
                  + " tests | entry_point | setup | solution, or name=member where a member is called"
                  + " otherwise; the first must be there; empty: answer-field"),
          Setting.text(
              LABEL_FIELDS,
              "level | subject | subject=type",
              "members that evaluations are broken down by, where a row has them; name=member where a"
                  + " member is called otherwise"),
          Setting.choice(
                  "format",
                  Format.class,
                  "whether a problem is posed as a turn of a chat or as text to be continued")
              .withDefault("chat"),
          Setting.text(
              "prompt",
              "{{question}} Reason step by step and put the final answer in \\boxed{}.",
              "how a problem is posed; {{question}} stands for its wording"),
          Setting.text("system", "", "system turn of a chat; none when empty"),
          Setting.text(
              "examples",
              "",
              "worked examples that stand before every problem, as earlier turns of the chat: prompt =>"
                  + " completion, || between them"));

  @Override
  public List<Setting> settings() {
    return SETTINGS;
  }

  @Override
  public Task open(Settings settings, long seed) {
    PromptTemplate prompt =
        new PromptTemplate(
            settings.text("prompt"),
            Variables.texts("question"),
            settings.choice("format", Format.class),
            settings.text("system"),
            Examples.parse(
                settings.text("examples"),
                (what, next, cause) -> new UserException("task.examples " + what, next, cause)),
            (what, nextStep, cause) -> new UserException("task.prompt " + what, nextStep, cause));
    List<Entry> data = read(settings, "data");
    Split split = split(settings, data, seed);
    return new FileTask(problems(split.training()), problems(split.heldOut()), prompt);
  }

  private static Split split(Settings settings, List<Entry> data, long seed) {
    int last = settings.integer(LAST);
    if (settings.text("held-out").isEmpty()) {
      return last > 0
          ? Split.byLast(data, last)
          : Split.byShare(data, settings.decimal("held-out-share"), seed);
    }
    if (last > 0) {
      throw new UserException(
          "task.held-out = %s and task.held-out-last = %d both say what is set aside"
              .formatted(settings.text("held-out"), last),
          "Remove one of them.");
    }
    return Split.byFile(data, read(settings, "held-out"));
  }

  private static List<Entry> read(Settings settings, String key) {
    String path = settings.text(key);
    try {
      if (!path.isEmpty()) {
        return new ProblemFile(
                Path.of(path),
                settings.text("problem-field"),
                settings.text("answer-field"),
                keyFields(settings),
                fields(settings, LABEL_FIELDS, "level | subject"))
            .read();
      }
    } catch (InvalidPathException e) {
      throw new UserException("task.%s = %s is not a path".formatted(key, path), "Name a file.", e);
    }
    throw new UserException(
        "task.%s is empty".formatted(key),
        "Name a file with one object a line, such as {\"problem\": \"2 + 3 = ?\", \"answer\": \"5\"}.");
  }

  private static Optional<KeyFields> keyFields(Settings settings) {
    return settings.text(KEY_FIELDS).isBlank()
        ? Optional.empty()
        : Optional.of(fields(settings, KEY_FIELDS, "tests | setup | solution=code"));
  }

  private static KeyFields fields(Settings settings, String key, String example) {
    String text = settings.text(key);
    return KeyFields.parse(text)
        .orElseThrow(
            () ->
                new UserException(
                    "task.%s = %s cannot be read".formatted(key, text),
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
