package io.lanpo.engine.run.folder;

import io.lanpo.engine.run.file.Json;
import io.lanpo.libs.files.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * {@code README.md} of a checkpoint's folder: where its weights come from, in the form that the
 * Hugging Face hub reads (YAML front matter, huggingface.co/docs/hub/model-cards), so that whoever
 * passes the folder on passes that on, too. The same step of the same run has the same card,
 * whatever stops there were. Of paths it shows the last part only.
 *
 * @param record the run
 * @param step steps taken
 * @param components what the run was made with, by kind, in words
 * @param scores held-out scores, in order
 */
public record ModelCard(
    RunRecord record, int step, Map<String, String> components, List<HeldOut> scores) {

  private static final String FILE = "README.md";
  private static final String ADAPTER = "adapter";
  private static final String TASK = "task.";

  /**
   * A mean reward on held-out problems.
   *
   * @param when it was measured, in words
   * @param mode the word of the mode
   * @param mean the mean
   * @param se standard error of the mean; NaN when it is not known
   */
  public record HeldOut(String when, String mode, double mean, double se) {
    /** Those of an evaluation. */
    public static List<HeldOut> of(String when, Scores scores) {
      return scores.byMode().entrySet().stream()
          .map(e -> new HeldOut(when, e.getKey(), e.getValue().mean(), e.getValue().se()))
          .toList();
    }
  }

  /** Writes the card into a folder with a model, and one into that of its adapter. */
  public void write(Path folder) {
    try {
      if (Files.exists(folder.resolve("config.json"))) {
        AtomicFile.write(folder.resolve(FILE), text(false));
      }
      if (Files.isDirectory(folder.resolve(ADAPTER))) {
        AtomicFile.write(folder.resolve(ADAPTER).resolve(FILE), text(true));
      }
    } catch (IOException e) {
      throw Json.cannotWrite(folder, e);
    }
  }

  private String setting(String key) {
    return record.settings().getOrDefault(key, "");
  }

  private String text(boolean adapter) {
    BaseModel base = BaseModel.of(setting("model"));
    List<String> lines = new ArrayList<>();
    front(lines, base, adapter);
    lines.addAll(List.of("", "# %s, step %d".formatted(record.id(), step), ""));
    lines.add(
        "%s, trained with LANPO (Language-And-Numerical Policy Optimization, [arXiv 2510.16552](https://arxiv.org/abs/2510.16552)) for %d of %d steps."
            .formatted(origin(base), step, record.steps()));
    if (!setting("description").isEmpty()) {
      lines.addAll(List.of("", plain(setting("description"))));
    }
    lines.addAll(List.of("", "## License", "", license(base)));
    scores(lines);
    lines.addAll(List.of("", "## Data", ""));
    lines.add(
        "The task `%s`; rewards by the verifier `%s`."
            .formatted(setting("task"), setting("verifier")));
    if (record.contamination().found()) {
      lines.addAll(List.of("", plain(record.contamination().sentence()) + "."));
    }
    table(lines, "Setting", "Value", settings(key -> key.startsWith(TASK)));
    lines.addAll(List.of("", "## Training"));
    table(lines, "Setting", "Value", settings(key -> !key.startsWith(TASK)));
    lines.addAll(List.of("", "## Components"));
    table(lines, "Kind", "Name and bundle", components);
    return String.join("\n", lines) + "\n";
  }

  private void front(List<String> lines, BaseModel base, boolean adapter) {
    lines.add("---");
    lines.add("library_name: " + (adapter ? "peft" : "transformers"));
    lines.add("pipeline_tag: text-generation");
    if (!base.hub().isEmpty()) {
      lines.add("base_model: " + base.hub());
      lines.add("base_model_relation: " + (adapter ? "adapter" : "finetune"));
    }
    if (!base.name().isEmpty()) {
      Map<String, String> license = new LinkedHashMap<>(base.license());
      license.putIfAbsent("license", "unknown");
      license.forEach((key, value) -> lines.add(key + ": " + value));
    }
    lines.add("tags:");
    lines.add("- lanpo");
    lines.add("- reinforcement-learning");
    lines.add("- " + Json.line(setting("objective")));
    if (!scores.isEmpty()) {
      lines.add("model-index:");
      lines.add("- name: " + Json.line(record.id()));
      lines.add("  results:");
      lines.add("  - task:");
      lines.add("      type: text-generation");
      lines.add("    dataset:");
      lines.add("      type: " + Json.line(setting("task")));
      lines.add("      name: " + Json.line("held-out problems of " + setting("task")));
      lines.add("    metrics:");
      for (HeldOut score : scores) {
        lines.add("    - type: mean_reward");
        lines.add("      name: " + Json.line("%s, %s".formatted(score.mode(), score.when())));
        lines.add("      value: " + score.mean());
      }
    }
    lines.add("---");
  }

  private static String origin(BaseModel base) {
    if (base.name().isEmpty()) {
      return "A model from random weights";
    }
    return "A model from `%s`%s"
        .formatted(base.name(), base.hub().isEmpty() ? "" : " (%s)".formatted(base.hub()));
  }

  private static String license(BaseModel base) {
    String license = base.license().get("license");
    if (base.name().isEmpty()) {
      return "Nobody else's weights are in it; what the data allow is for whoever publishes it to say.";
    }
    return license == null
        ? "That of the model it began with, whose folder does not name one."
        : "%s, as the model it began with.".formatted(license);
  }

  private void scores(List<String> lines) {
    if (scores.isEmpty()) {
      return;
    }
    lines.addAll(List.of("", "## Scores", "", "Mean rewards on held-out problems.", ""));
    lines.add("| | Mode | Mean | Standard error |");
    lines.add("|---|---|---|---|");
    for (HeldOut score : scores) {
      String se = Double.isNaN(score.se()) ? "" : String.format(Locale.ROOT, "%.4f", score.se());
      lines.add(
          String.format(
              Locale.ROOT,
              "| %s | %s | %.4f | %s |",
              score.when(),
              score.mode(),
              score.mean(),
              se));
    }
  }

  private Map<String, String> settings(Predicate<String> of) {
    Map<String, String> values = new TreeMap<>();
    record
        .settings()
        .forEach(
            (key, value) -> {
              if (of.test(key) && !value.isEmpty()) {
                values.put(key, value);
              }
            });
    return values;
  }

  private static void table(
      List<String> lines, String left, String right, Map<String, String> rows) {
    if (rows.isEmpty()) {
      return;
    }
    lines.addAll(List.of("", "| %s | %s |".formatted(left, right), "|---|---|"));
    rows.forEach(
        (key, value) -> lines.add("| `%s` | %s |".formatted(key, plain(withoutPath(value)))));
  }

  /** A text on one line that is no markup. */
  private static String plain(String text) {
    return text.replaceAll("\\s+", " ").replaceAll("([\\\\`*_{}\\[\\]<>#|])", "\\\\$1").strip();
  }

  /** Where files lie on a machine is nobody's business. */
  private static String withoutPath(String value) {
    return value.replaceAll("(?<![\\w:/.])(?:~|\\.{1,2})?/(?:[^/|\\s]+/)+(?=[^/|\\s])", "…/");
  }
}
