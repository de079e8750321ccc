package io.lanpo.tasks.file;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.task.Curriculum;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Prompt;
import io.lanpo.api.task.Question;
import io.lanpo.api.task.Task;
import io.lanpo.libs.template.Examples;
import io.lanpo.libs.template.Format;
import io.lanpo.libs.template.PromptTemplate;
import io.lanpo.libs.template.Refusal;
import io.lanpo.libs.template.RowTemplate;
import io.lanpo.libs.template.Variables;
import io.lanpo.tasks.layout.Layout;
import io.lanpo.tasks.layout.Mapping;
import io.lanpo.tasks.rows.FileFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A task of problems from files. It has no demonstrations.
 *
 * @param usual the format of a file where the configuration does not say
 */
record FileProblems(FileFormat usual) {
  private static final Setting<FileFormat> FILE_FORMAT =
      Setting.choice(
          "file-format",
          FileFormat.class,
          "how the files are laid out; auto: as their endings say (.jsonl, .json, .csv, .tsv,"
              + " .parquet)");

  private static final Setting<String> QUESTION =
      Setting.text(
          "question",
          "",
          "the wording of a problem as a template over the fields of its row that are shown"
              + " (shown-fields), such as {{context}} {{question}}; empty: what layout or"
              + " problem-field says");

  private static final Setting<String> ID_FIELD =
      Setting.text(
          "id-field",
          "id | task_id | problem_id | question_id | unique_id | extra_info.index",
          "fields that name a problem, the first that a row has; empty, or where a row has none:"
              + " file and row");

  private static final Setting<String> LABEL_FIELDS =
      Setting.text(
          "label-fields",
          "level | level=difficulty | subject | subject=type",
          "fields that evaluations are broken down by, where a row has them; name=field where a"
              + " field is called otherwise");

  private static final Setting<Format> FORMAT =
      Setting.choice(
              "format",
              Format.class,
              "whether a problem is posed as a turn of a chat or as text to be continued")
          .withDefault(Format.CHAT);

  private static final Setting<String> PROMPT =
      Setting.text(
          "prompt",
          "{{question}} Reason step by step and put the final answer in \\boxed{}.",
          "how a problem is posed; {{question}} stands for its wording");

  private static final Setting<String> SYSTEM =
      Setting.text("system", "", "system turn of a chat; none when empty");

  private static final Setting<String> EXAMPLES =
      Setting.text(
          "examples",
          "",
          "worked examples that stand before every problem, as earlier turns of the chat: prompt =>"
              + " completion, || between them");

  List<Setting<?>> settings() {
    return List.of(
        Source.DATA,
        FILE_FORMAT.withDefault(usual),
        OwnFields.LAYOUT,
        Split.HELD_OUT,
        Split.HELD_OUT_SHARE,
        Split.HELD_OUT_SEED,
        Split.HELD_OUT_LAST,
        OwnFields.PROBLEM_FIELD,
        QUESTION,
        ShownFields.SHOWN_FIELDS,
        OwnFields.ANSWER_FIELD,
        OwnFields.KEY_FIELDS,
        ID_FIELD,
        LABEL_FIELDS,
        FORMAT,
        PROMPT,
        SYSTEM,
        EXAMPLES);
  }

  Task open(Settings settings) {
    PromptTemplate prompt =
        new PromptTemplate(
            settings.get(PROMPT),
            Variables.texts("question"),
            settings.get(FORMAT),
            settings.get(SYSTEM),
            Examples.parse(settings.get(EXAMPLES), Refusal.of(settings, EXAMPLES)),
            promptRefusal(settings));
    Split split = Split.of(settings, reader(settings));
    return new FileTask(split.drawn(), problems(split.heldOut()), prompt);
  }

  private static Refusal promptRefusal(Settings settings) {
    Refusal refusal = Refusal.of(settings, PROMPT);
    return (what, nextStep, cause) ->
        refusal.refuse(
            what,
            "%s Fields of the data stand in %s, which reviews and lessons show, too."
                .formatted(nextStep, settings.key(QUESTION)),
            cause);
  }

  private static ProblemReader reader(Settings settings) {
    Layout layout = settings.get(OwnFields.LAYOUT);
    FileFormat format = settings.get(FILE_FORMAT);
    OwnFields own = OwnFields.of(settings, layout);
    String question = settings.get(QUESTION);
    if (!question.isBlank() && !own.problem().equals(OwnFields.PROBLEM_FIELD.defaultValue())) {
      throw new UserException(
          "%s = %s and %s = %s both say what the wording is"
              .formatted(
                  settings.key(QUESTION),
                  question,
                  settings.key(OwnFields.PROBLEM_FIELD),
                  own.problem()),
          "Remove one of them.");
    }
    Mapping mapping = layout.mapping().orElse(layout == Layout.CODE ? new OwnCode(own) : own);
    ShownFields shown = ShownFields.of(settings, mapping);
    if (question.isBlank()) {
      requireUse(shown, mapping, settings);
    }
    return new ProblemReader(
        format,
        Setting.word(layout),
        mapping,
        shown,
        settings.key(QUESTION),
        question.isBlank()
            ? Optional.empty()
            : Optional.of(new RowTemplate(question, Refusal.of(settings, QUESTION))),
        Lists.plain(settings.get(ID_FIELD)),
        Lists.named(settings, LABEL_FIELDS, "level | subject"),
        advice(format, layout, own));
  }

  private static void requireUse(ShownFields shown, Mapping mapping, Settings settings) {
    for (String field : shown.named()) {
      if (!(mapping instanceof OwnCode code && code.tests(field))) {
        throw new UserException(
            "%s names %s, and nothing shows it".formatted(shown.key(), field),
            "Write the wording with {{%s}} in it: %s.".formatted(field, settings.key(QUESTION)));
      }
    }
  }

  private static String advice(FileFormat format, Layout layout, OwnFields own) {
    if (layout.mapping().isPresent()) {
      return "Correct the row, or leave it out; nothing was read.";
    }
    return format == FileFormat.JSONL
        ? "Each line must be an object such as %s; nothing was read.".formatted(own.example())
        : "Each row must have what %s has; nothing was read.".formatted(own.example());
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
