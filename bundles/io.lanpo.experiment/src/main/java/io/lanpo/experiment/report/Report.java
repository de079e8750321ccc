package io.lanpo.experiment.report;

import io.lanpo.api.component.Secrets;
import io.lanpo.api.component.Setting;
import io.lanpo.api.component.UserException;
import io.lanpo.api.train.EvaluationMode;
import io.lanpo.api.train.RunResult;
import io.lanpo.api.train.Score;
import io.lanpo.experiment.plan.ExperimentPlan;
import io.lanpo.experiment.plan.Variant;
import io.lanpo.experiment.result.Budget;
import io.lanpo.experiment.result.FinishedRun;
import io.lanpo.experiment.result.Mean;
import io.lanpo.experiment.result.PairedTest;
import io.lanpo.experiment.result.Results;
import io.lanpo.libs.files.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The report of an experiment: its contents, in order. */
public final class Report {
  private static final Logger LOG = LoggerFactory.getLogger(Report.class);
  private static final String NONE = "–";
  private static final String EARLIER = " †";

  private final Results results;
  private final ExperimentPlan plan;
  private final List<ReportBlock> blocks = new ArrayList<>();

  private Report(Results results) {
    this.results = results;
    this.plan = results.plan();
  }

  /**
   * Writes {@code report.html} and {@code report.md} with its pictures.
   *
   * @param failures runs that failed, one sentence each
   */
  public static void write(Results results, List<String> failures, Path folder) {
    Report report = new Report(results);
    report.compose(failures);
    try {
      Files.createDirectories(folder);
      for (ReportBlock block : report.blocks) {
        if (block instanceof ReportBlock.Figure figure) {
          AtomicFile.write(folder.resolve(figure.file()), figure.svg());
        }
      }
      AtomicFile.write(folder.resolve("report.md"), MarkdownReport.of(report.blocks));
      AtomicFile.write(
          folder.resolve("report.html"), HtmlReport.of(report.plan.name(), report.blocks));
    } catch (IOException e) {
      throw new UserException(
          "%s cannot be written: %s".formatted(folder, e.getMessage()),
          "Free space on that disk or allow writing there.",
          e);
    }
  }

  private void compose(List<String> failures) {
    heading(1, plan.name());
    if (!plan.file().description().isEmpty()) {
      say(plan.file().description());
    }
    say(
        "%d of %d runs are finished: %d variants of the run %s, seeds %s. Together they took %s of elapsed time, one after the other, of which %s CPU seconds were training steps and %s cold starts."
            .formatted(
                results.finished(),
                plan.runs().size(),
                plan.variants().size(),
                plan.file().base(),
                plan.seeds().stream().map(String::valueOf).collect(Collectors.joining(", ")),
                hours(sum(RunResult::wallSeconds)),
                count(sum(RunResult::cpuSeconds)),
                count(sum(RunResult::coldStartCpuSeconds))));
    failures.forEach(failure -> say("Failed: " + failure));
    if (results.finished() == 0) {
      return;
    }
    heading(2, plan.file().measure());
    budgets();
    pictures();
    for (Variant baseline : plan.baselines()) {
      tests(baseline);
    }
    heading(2, "Seed by seed");
    seeds();
    heading(2, "Held-out scores by mode, before and after");
    modes();
    heading(2, "What it cost");
    costs();
    heading(2, "The variants");
    ReportBlock.Table table =
        ReportBlock.Table.ofText("variant", "what it is", "on top of " + plan.file().base());
    for (Variant variant : plan.variants()) {
      table.row(
          variant.name(),
          variant.title(),
          variant.overrides().entrySet().stream()
              .map(e -> e.getKey() + " = " + Secrets.shown(e.getKey(), e.getValue()))
              .collect(Collectors.joining("; ")));
    }
    blocks.add(table);
  }

  /** Variants with a finished run. */
  private List<Variant> begun() {
    return plan.variants().stream().filter(v -> !results.of(v).isEmpty()).toList();
  }

  private void budgets() {
    ReportBlock.Table table =
        ReportBlock.Table.ofFigures(
            "variant", "equal steps", "equal generated tokens", "equal CPU seconds", "seeds");
    boolean earlier = false;
    for (Variant variant : begun()) {
      List<String> cells = new ArrayList<>(List.of(variant.title()));
      for (Budget budget : Budget.values()) {
        boolean had = results.at(variant, budget).stream().allMatch(Results.At::whole);
        earlier |= !had;
        cells.add(mean(results.mean(variant, budget), 3) + (had ? "" : EARLIER));
      }
      cells.add(Integer.toString(results.at(variant, Budget.STEPS).size()));
      table.row(cells);
    }
    blocks.add(table);
    say(
        "Mean ± standard error over seeds. The budget of a seed is what the whole run of %s spent with that seed; every other run is read at its last evaluation that is not later, without interpolation."
            .formatted(plan.file().budget()));
    List<String> none =
        plan.variants().stream().filter(v -> results.of(v).isEmpty()).map(Variant::name).toList();
    if (!none.isEmpty()) {
      say("Without a finished run so far: %s.".formatted(String.join(", ", none)));
    }
    if (earlier) {
      say(
          "† At least one of these runs ended before the budget was spent, and is read at its end.");
    }
  }

  private void pictures() {
    List<Variant> shown = plan.shown();
    try {
      Charts plots = new Charts(results);
      for (Budget budget : Budget.values()) {
        plots.curves(shown, budget).ifPresent(blocks::add);
      }
      plots.variants(Budget.TOKENS).ifPresent(blocks::add);
    } catch (RuntimeException | LinkageError | InternalError e) { // as Java's drawing fails
      LOG.warn("no pictures", e);
      say(
          "There are no pictures: Java cannot draw here (%s). It needs fonts, such as the packages fontconfig and fonts-dejavu-core."
              .formatted(e));
    }
  }

  private void tests(Variant baseline) {
    heading(2, "Compared with: " + baseline.title());
    ReportBlock.Table table =
        ReportBlock.Table.ofFigures(
            "variant",
            "at equal",
            "difference",
            "ahead",
            "p, t-test",
            "p, t, Holm",
            "p, Wilcoxon",
            "p, Wilcoxon, Holm");
    for (Budget budget : Budget.values()) {
      for (Results.Comparison comparison : results.against(baseline, budget)) {
        PairedTest test = comparison.test();
        table.row(
            comparison.variant().title(),
            budget.title(),
            format("%+.3f", test.difference()),
            "%d of %d".formatted(test.ahead(), test.pairs()),
            p(test.t()),
            p(comparison.t()),
            p(test.wilcoxon()),
            p(comparison.wilcoxon()));
      }
    }
    blocks.add(table);
    say(
        "Variant less baseline, paired over seeds; two-sided p of Student's t-test and of Wilcoxon's signed-rank test, which is exact. Holm's correction takes the comparisons with this baseline at one budget as a family. With n seeds the least possible p of Wilcoxon's test is 2 / 2^n.");
  }

  private void seeds() {
    List<String> heads = new ArrayList<>(List.of("variant, at equal generated tokens"));
    List<Long> seeds =
        plan.seeds().stream()
            .filter(
                s ->
                    begun().stream()
                        .anyMatch(v -> results.of(v).stream().anyMatch(r -> r.seed() == s)))
            .toList();
    seeds.forEach(seed -> heads.add("seed " + seed));
    ReportBlock.Table table = ReportBlock.Table.ofFigures(heads);
    for (Variant variant : begun()) {
      Map<Long, Double> bySeed =
          results.at(variant, Budget.TOKENS).stream()
              .collect(Collectors.toMap(Results.At::seed, Results.At::value));
      List<String> cells = new ArrayList<>(List.of(variant.title()));
      seeds.forEach(seed -> cells.add(format("%.3f", bySeed.getOrDefault(seed, Double.NaN))));
      table.row(cells);
    }
    blocks.add(table);
  }

  private void modes() {
    List<String> heads = new ArrayList<>(List.of("variant, at the end of its run"));
    for (EvaluationMode mode : EvaluationMode.ofRuns()) {
      heads.add(Setting.word(mode) + " before");
      heads.add("after");
    }
    ReportBlock.Table table = ReportBlock.Table.ofFigures(heads);
    for (Variant variant : begun()) {
      List<String> cells = new ArrayList<>(List.of(variant.title()));
      for (EvaluationMode mode : EvaluationMode.ofRuns()) {
        cells.add(mean(score(variant, RunResult::before, mode), 3));
        cells.add(mean(score(variant, RunResult::after, mode), 3));
      }
      table.row(cells);
    }
    blocks.add(table);
  }

  private Mean score(
      Variant variant, Function<RunResult, Map<EvaluationMode, Score>> when, EvaluationMode mode) {
    return Mean.of(
        results.of(variant).stream()
            .map(r -> when.apply(r.result()).get(mode))
            .filter(s -> s != null)
            .map(Score::mean)
            .toList());
  }

  private void costs() {
    ReportBlock.Table table =
        ReportBlock.Table.ofFigures(
            "variant, means of whole runs",
            "steps",
            "generated tokens",
            "prompt tokens",
            "CPU s, training",
            "CPU s, cold start",
            "elapsed s",
            "peak memory, MB");
    for (Variant variant : begun()) {
      table.row(
          variant.title(),
          whole(variant, r -> r.steps()),
          whole(variant, r -> r.generatedTokens()),
          whole(variant, r -> r.promptTokens()),
          whole(variant, RunResult::cpuSeconds),
          whole(variant, RunResult::coldStartCpuSeconds),
          whole(variant, RunResult::wallSeconds),
          whole(variant, r -> r.peakMemoryBytes() / 1e6));
    }
    blocks.add(table);
    say(
        "A cold start that variants share is computed by the first of them and is 0 where it came from the cache.");
    perStep("elapsed milliseconds per step", 1000, 1, FinishedRun::secondsPerStep);
    perStep("tokens per step", 1, 0, FinishedRun::tokensPerStep);
    say(
        "Plain, reviews, with lessons and distilling are the tokens that were sampled, by what they are for; prompts are what was read for them; in the loss are completion tokens of the policy gradient.");
  }

  private void perStep(
      String title, double factor, int digits, Function<FinishedRun, Map<String, Double>> figures) {
    Set<String> parts = new LinkedHashSet<>();
    results
        .runs()
        .values()
        .forEach(runs -> runs.forEach(run -> parts.addAll(figures.apply(run).keySet())));
    List<String> heads = new ArrayList<>(List.of("variant, " + title));
    heads.addAll(parts);
    ReportBlock.Table table = ReportBlock.Table.ofFigures(heads);
    for (Variant variant : begun()) {
      List<String> cells = new ArrayList<>(List.of(variant.title()));
      for (String part : parts) {
        double value =
            results.mean(variant, r -> factor * figures.apply(r).getOrDefault(part, 0.0)).mean();
        cells.add(format("%,." + digits + "f", value));
      }
      table.row(cells);
    }
    blocks.add(table);
  }

  private String whole(Variant variant, ToDoubleFunction<RunResult> figure) {
    return format("%,.0f", results.mean(variant, r -> figure.applyAsDouble(r.result())).mean());
  }

  private double sum(ToDoubleFunction<RunResult> figure) {
    return results.runs().values().stream()
        .flatMap(List::stream)
        .mapToDouble(r -> figure.applyAsDouble(r.result()))
        .sum();
  }

  private void heading(int level, String text) {
    blocks.add(new ReportBlock.Heading(level, text));
  }

  private void say(String text) {
    blocks.add(new ReportBlock.Paragraph(text));
  }

  private static String mean(Mean mean, int digits) {
    String figure = "%." + digits + "f";
    return Double.isNaN(mean.se())
        ? format(figure, mean.mean())
        : format(figure, mean.mean()) + " ± " + format(figure, mean.se());
  }

  private static String p(double p) {
    return p < 0.0001 ? "< 0.0001" : format("%.4f", p);
  }

  private static String count(double number) {
    return format("%,.0f", number);
  }

  private static String hours(double seconds) {
    long minutes = Math.round(seconds / 60);
    return "%d h %02d min".formatted(minutes / 60, minutes % 60);
  }

  private static String format(String format, double number) {
    return Double.isNaN(number) ? NONE : String.format(Locale.ROOT, format, number);
  }
}
