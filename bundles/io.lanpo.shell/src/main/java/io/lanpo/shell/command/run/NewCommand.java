package io.lanpo.shell.command.run;

import io.lanpo.api.bench.MachineLimits;
import io.lanpo.api.bench.MachineLimits.Limits;
import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.PolicyBackend;
import io.lanpo.api.preview.DataInspector;
import io.lanpo.api.preview.RunPreviews;
import io.lanpo.api.train.TrainingService;
import io.lanpo.libs.files.AtomicFile;
import io.lanpo.libs.files.ConfigurationFolder;
import io.lanpo.shell.command.BaseCommand;
import io.lanpo.shell.command.CommandContext;
import io.lanpo.shell.command.CommonOptions;
import io.lanpo.shell.command.Completes;
import io.lanpo.shell.command.Completes.Values;
import io.lanpo.shell.draft.Costs;
import io.lanpo.shell.draft.Draft;
import io.lanpo.shell.draft.Drafter;
import io.lanpo.shell.draft.Line;
import io.lanpo.shell.draft.Recipe;
import io.lanpo.shell.draft.Request;
import io.lanpo.shell.service.ServiceHandle;
import io.lanpo.shell.terminal.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code new NAME}. */
@Command(
    description = "Look at a model and a data file, and write a run configuration that fits them.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanpo new mine --model DIR --data problems.csv",
      "  lanpo new mbpp --model DIR --data mbpp.jsonl --task code --yes",
      "",
      "What is not clear is asked, or taken as usual with --yes."
    })
public final class NewCommand extends BaseCommand {
  private static final String PREFIX = "policy.";
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";

  @Parameters(paramLabel = "NAME", description = "Name of the new configuration.")
  private String name = "";

  @Completes(Values.MODEL)
  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "Folder of an instruction-tuned model from Hugging Face, or a GGUF file.")
  private Path model = Path.of("");

  @Completes(Values.FILE)
  @Option(
      names = "--data",
      required = true,
      paramLabel = "FILE",
      description = "Problems with answers or tests: .jsonl, .json, .csv or .tsv.")
  private Path data = Path.of("");

  @Completes(words = Recipe.class)
  @Option(names = "--task", paramLabel = "TASK", description = "math, code or qa.")
  private String task = "";

  @Option(
      names = "--layout",
      paramLabel = "L",
      description = "The published layout of the data (docs/data.md), or none.")
  private String layout = "";

  @Option(
      names = "--problem-field",
      paramLabel = "FIELD",
      description = "Field with the wording of a problem.")
  private String problemField = "";

  @Option(names = "--answer-field", paramLabel = "FIELD", description = "Field with its answer.")
  private String answerField = "";

  @Option(names = "--yes", description = "Ask nothing: take the usual answer.")
  private boolean yes;

  @Option(names = "--overwrite", description = "Replace a configuration of that name.")
  private boolean overwrite;

  public NewCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() throws InterruptedException {
    if (!name.matches(NAME)) {
      throw common.wrongUsage(
          "the name %s is not allowed; it must be up to 64 letters, digits, dots, dashes and underscores, a letter or digit first"
              .formatted(name));
    }
    if (!task.isEmpty()) {
      common.choose("--task", task, CommonOptions.words(Recipe.class));
    }
    Path file =
        new ConfigurationFolder(context.installation().configs(), "io.lanpo.run~").file(name);
    AskedQuestions questions = new AskedQuestions(context.keyboard(), yes, this::say);
    mayWrite(file, questions);
    Request request = new Request(name, model, data, task, layout, problemField, answerField);
    try (ServiceHandle<DataInspector> inspector = context.services().only(DataInspector.class);
        ServiceHandle<RunPreviews> previews = context.services().only(RunPreviews.class);
        ServiceHandle<TrainingService> training = context.services().only(TrainingService.class)) {
      Draft draft =
          new Drafter(
                  inspector.get(),
                  previews.get(),
                  training.get(),
                  this::measured,
                  questions,
                  line -> say("lanpo: " + line))
              .draft(request);
      write(file, draft.text());
      if (common.json) {
        printJson(document(file, draft, questions));
      } else {
        print(file, draft, questions);
      }
    }
    return ExitCode.OK;
  }

  /** A session holds back what is not flushed, also a question. */
  private void say(String line) {
    console().err().println(line);
    console().err().flush();
  }

  private void mayWrite(Path file, AskedQuestions questions) {
    if (!Files.exists(file)) {
      return;
    }
    if (!Draft.isOne(read(file))) {
      // others may extend it, as a draft extends a recipe
      throw new UserException(
          "%s was not drafted by 'lanpo new' and is not replaced; nothing was written"
              .formatted(file),
          "Choose another name, or remove the file first.");
    }
    if (!overwrite
        && (yes
            || !context.keyboard().present()
            || questions
                .choose("--overwrite", file + " exists. Replace it?", List.of("no", "yes"))
                .equals("no"))) {
      throw new UserException(
          "%s exists; nothing was written".formatted(file),
          "Choose another name, or replace it with --overwrite.");
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UserException(
          "%s cannot be read: %s".formatted(file, e.getMessage()), "Choose another name.", e);
    }
  }

  /** What bounds the policy on this machine. */
  private Limits measured(Map<String, String> values) {
    String policy = values.getOrDefault("policy", "");
    try (ServiceHandle<PolicyBackend> backend =
            context.services().named(PolicyBackend.class, policy, "policy");
        ServiceHandle<MachineLimits> limits =
            context.services().named(MachineLimits.class, policy, "policy")) {
      List<Setting<?>> declared = backend.get().settings();
      Map<String, String> own = new LinkedHashMap<>();
      values.forEach(
          (key, value) -> {
            String inPolicy = key.startsWith(PREFIX) ? key.substring(PREFIX.length()) : "";
            if (declared.stream().anyMatch(s -> s.covers(inPolicy))) {
              own.put(inPolicy, value);
            }
          });
      return limits.get().measure(Settings.of("policy", declared, own));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserException("the measurement was interrupted", "", e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      AtomicFile.write(file, text);
    } catch (IOException e) {
      throw new UserException(
          "%s cannot be written: %s".formatted(file, e.getMessage()),
          "Make the folder writable.",
          e);
    }
  }

  private static Map<String, Object> document(Path file, Draft draft, AskedQuestions questions) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("file", file);
    document.put("extends", draft.recipe());
    document.put("settled", questions.settled());
    document.put("facts", draft.facts());
    document.put("lines", draft.lines());
    document.put("model", draft.model());
    document.put("problems", draft.task());
    document.put("memory", draft.memory());
    document.put("commands", draft.commands());
    return document;
  }

  private void print(Path file, Draft draft, AskedQuestions questions) {
    Table facts = Table.facts();
    draft.facts().forEach(facts::row);
    facts.row("recipe", draft.recipe());
    if (!questions.settled().isEmpty()) {
      facts.row(yes ? "taken as usual" : "you chose", String.join(", ", questions.settled()));
    }
    facts.print(console());
    println("");
    Table lines = new Table().column("key").column("value").column("reason");
    for (Line line : draft.lines()) {
      lines.row(line.key(), line.value(), line.reason());
    }
    lines.print(console());
    println("");
    println("written: " + file);
    if (!draft.memory().fits()) {
      console()
          .err()
          .println(
              "warning: the run does not fit into the memory that is free now; what makes it smaller: "
                  + String.join("; ", draft.memory().advice()));
    }
    println("");
    println("Next, with estimates of time and memory:");
    for (Costs next : draft.commands()) {
      println("  " + next.command());
      println(
          "      %s; about %s, %s"
              .formatted(next.what(), Costs.span(next.seconds()), next.memory()));
    }
  }
}
