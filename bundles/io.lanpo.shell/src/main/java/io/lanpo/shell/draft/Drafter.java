package io.lanpo.shell.draft;

import io.lanpo.api.bench.MachineLimits.Limits;
import io.lanpo.api.component.UserException;
import io.lanpo.api.preview.DataInspector;
import io.lanpo.api.preview.DataReport;
import io.lanpo.api.preview.MemoryPreview;
import io.lanpo.api.preview.ModelPreview;
import io.lanpo.api.preview.RunPreviews;
import io.lanpo.api.preview.TaskPreview;
import io.lanpo.api.train.TrainingService;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Drafts a configuration.
 *
 * @param inspector looks at the data
 * @param previews makes the checks of a run
 * @param training knows what recipes say
 * @param limits measures this machine with the settings of a policy
 * @param questions settles what is open
 * @param saying hears what is going on
 */
public record Drafter(
    DataInspector inspector,
    RunPreviews previews,
    TrainingService training,
    Function<Map<String, String>, Limits> limits,
    Questions questions,
    Consumer<String> saying) {
  private static final int TRIED = 20;
  private static final String RECOMPUTING = "policy.gradient-checkpointing";

  /** Starting, and opening a model, which is read at so many weights a second. */
  private static final double START = 10;

  private static final double OPENED = 1e8;

  /** What makes a run short: two steps of a few completions, which may be cut. */
  private static final List<Line> SMOKE =
      List.of(
          new Line("steps", "2", ""),
          new Line("problems", "2", ""),
          new Line("group-size", "4", ""),
          new Line("evaluation.final-problems", "4", ""),
          new Line("sampling.max-tokens", "192", ""),
          new Line("sampling.max-review-tokens", "256", ""));

  /**
   * Looks at everything and drafts.
   *
   * @throws UserException for what cannot be trained with, and for what is open and nobody settles
   */
  public Draft draft(Request request) {
    saying.accept("reading " + request.data());
    DataReport data = inspector.inspect(request.data(), request.layout());
    Recipe recipe = Recipe.of(data, request.task(), questions);
    List<Line> lines = new ArrayList<>();
    lines.add(
        new Line(
            "model",
            request.model().toAbsolutePath().normalize().toString(),
            "the checkpoint to begin with; it is not changed"));
    saying.accept("looking at " + request.model());
    ModelPreview model = previews.model(recipe.word(), values(lines));
    if (!model.template()) {
      throw new UserException(
          "%s has no chat template that lays out a question".formatted(request.model()),
          "Name an instruction-tuned checkpoint; its tokenizer_config.json or chat_template.jinja has one.");
    }
    lines.addAll(new DataLines(request, data).of(recipe, questions));
    saying.accept("judging the gold answers of %,d rows".formatted(data.rows()));
    TaskPreview task = previews.task(recipe.word(), values(lines), data.solutions());
    requireProblems(task);
    Map<String, String> usual = training.values(recipe.word(), values(lines));
    TokenLimits tokens =
        TokenLimits.of(
            number(usual, "sampling.max-tokens"),
            number(usual, "sampling.max-review-tokens"),
            model,
            task);
    lines.addAll(tokens.lines());
    saying.accept("estimating memory and measuring this machine");
    MemoryPlan memory = MemoryPlan.of(values(lines), v -> previews.memory(recipe.word(), v));
    lines.addAll(memory.lines());
    Speed speed = speed(model, usual, memory.memory());
    boolean recomputing = values(lines).containsKey(RECOMPUTING);
    int expected = tokens.expected(task.solutions());
    StepPlan steps = StepPlan.of(usual, task, expected, speed, recomputing);
    lines.addAll(steps.lines());
    lines.add(LearningRate.of(model.facts().parameters(), memory.adapted()));
    MemoryPreview whole = previews.memory(recipe.word(), values(lines));
    return new Draft(
        request,
        recipe.word(),
        lines,
        data,
        model,
        task,
        whole,
        commands(request, recipe, values(lines), task, model, speed, expected, steps, whole));
  }

  private static void requireProblems(TaskPreview task) {
    if (task.training() == 0) {
      throw new UserException(
          task.refused() > 0
              ? "the verifier accepts no gold answer of a problem to learn from, e.g. "
                  + String.join("; ", task.refusals())
              : "there is no problem to learn from",
          "Choose another --task, or other fields: --answer-field, --layout.");
    }
  }

  private Speed speed(ModelPreview model, Map<String, String> usual, MemoryPreview memory) {
    Map<String, String> policy = new LinkedHashMap<>(usual);
    memory.choices().forEach(choice -> policy.put(choice.key(), choice.value()));
    Limits measured = limits.apply(policy);
    return new Speed(
        model.facts().parameters(),
        measured.product(),
        measured.read(),
        "bf16".equals(policy.get("policy.precision")));
  }

  private List<Costs> commands(
      Request request,
      Recipe recipe,
      Map<String, String> values,
      TaskPreview task,
      ModelPreview model,
      Speed speed,
      int expected,
      StepPlan steps,
      MemoryPreview whole) {
    double start = START + model.facts().parameters() / OPENED;
    int prompt = task.prompts().median();
    int asked = Math.min(TRIED, task.heldOut());
    Map<String, String> frozen =
        with(values, Map.of("objective", "none", "evaluation.final-problems", "20"));
    Map<String, String> shorter = values(SMOKE);
    int cut = Math.min(expected, number(shorter, "sampling.max-tokens"));
    StepPlan smoke =
        StepPlan.of(with(training.values(recipe.word(), values), shorter), task, cut, speed, false);
    String words =
        SMOKE.stream()
            .map(line -> " --set %s=%s".formatted(line.key(), line.value()))
            .collect(Collectors.joining());
    String name = request.name();
    return List.of(
        new Costs(
            "lanpo eval --run %s --model %s --problems %d --modes zero-shot"
                .formatted(name, values.get("model"), TRIED),
            "how the model does before any training",
            start + speed.sampling(Math.max(1, asked), prompt, 1, expected),
            previews.memory(recipe.word(), frozen).bytes()),
        new Costs(
            "lanpo train %s%s".formatted(name, words),
            "two steps: everything works together",
            start + smoke.seconds(),
            previews.memory(recipe.word(), with(values, shorter)).bytes()),
        new Costs("lanpo train " + name, "the run", start + steps.seconds(), whole.bytes()));
  }

  private static Map<String, String> with(Map<String, String> values, Map<String, String> others) {
    Map<String, String> changed = new LinkedHashMap<>(values);
    changed.putAll(others);
    return changed;
  }

  private static int number(Map<String, String> values, String key) {
    return Integer.parseInt(values.getOrDefault(key, "0"));
  }

  private static Map<String, String> values(List<Line> lines) {
    Map<String, String> values = new LinkedHashMap<>();
    lines.forEach(line -> values.put(line.key(), line.value()));
    return values;
  }
}
