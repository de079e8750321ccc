import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.inference.TTest;

/**
 * Writes the table of the micro-world experiment from the results and metrics of its runs.
 *
 * <p>Arguments: the folder of results, then the seeds. Markdown goes to standard output.
 */
public final class MicroReport {
  /** A point of a run's curve. */
  private record Point(int step, long generated, long prompt, double cpu, double zeroShot) {}

  private record Run(JsonObject result, List<Point> curve) {
    double after(String mode) {
      return score("after", mode);
    }

    double before(String mode) {
      return score("before", mode);
    }

    private double score(String when, String mode) {
      return result.getAsJsonObject(when).getAsJsonObject(mode).get("mean").getAsDouble();
    }

    double number(String key) {
      return result.get(key).getAsDouble();
    }

    /** Accuracy where another measure reaches a value, between two evaluations by a straight line. */
    double at(ToDoubleFunction<Point> measure, double value) {
      Point previous = curve.get(0);
      for (Point point : curve) {
        double high = measure.applyAsDouble(point);
        if (high >= value) {
          double low = measure.applyAsDouble(previous);
          double share = high == low ? 0 : (value - low) / (high - low);
          return previous.zeroShot() + share * (point.zeroShot() - previous.zeroShot());
        }
        previous = point;
      }
      return previous.zeroShot();
    }
  }

  private final Path folder;
  private final List<String> seeds;

  private MicroReport(Path folder, List<String> seeds) {
    this.folder = folder;
    this.seeds = seeds;
  }

  public static void main(String[] args) throws IOException {
    Locale.setDefault(Locale.ROOT);
    new MicroReport(Path.of(args[0]), Arrays.asList(args).subList(1, args.length)).write();
  }

  private void write() throws IOException {
    List<Run> lanpo = runs("lanpo");
    List<Run> grpo = runs("grpo");
    List<Run> blind = runs("blind");
    List<Run> abstraction = runs("abstraction");
    List<Double> equalSteps = new ArrayList<>();
    List<Double> equalTokens = new ArrayList<>();
    List<Double> equalCpu = new ArrayList<>();
    for (int i = 0; i < seeds.size(); i++) {
      Run ours = lanpo.get(i);
      Run base = grpo.get(i);
      equalSteps.add(base.at(Point::step, ours.number("steps")));
      equalTokens.add(base.at(Point::generated, ours.number("generatedTokens")));
      equalCpu.add(base.at(Point::cpu, ours.number("cpuSeconds")));
    }
    line("# LANPO against GRPO on the micro-world");
    line("");
    line(
        "Held-out zero-shot accuracy at temperature 1, %d fresh seeds (%s), which were not used to"
            + " choose any setting.",
        seeds.size(), String.join(", ", seeds));
    line("Made by `integration-tests/experiments/micro`; GRPO is the same loop without feedback");
    line("(`micro-grpo`), read from one longer run at LANPO's number of steps, of generated tokens and of");
    line("processor seconds, by a straight line between its evaluations every five steps.");
    line("");
    line("## Zero-shot accuracy");
    line("");
    header("");
    row("**LANPO**, %.0f steps".formatted(lanpo.get(0).number("steps")), each(lanpo, r -> r.after("zero-shot")));
    row("GRPO, equal steps", equalSteps);
    row("GRPO, equal generated tokens", equalTokens);
    row("GRPO, equal processor seconds", equalCpu);
    row("blind control: reviews see another problem's attempt", each(blind, r -> r.after("zero-shot")));
    row("abstraction only (no reviews)", each(abstraction, r -> r.after("zero-shot")));
    line("");
    line("Differences, paired over seeds (t-test, two-sided):");
    line("");
    difference("LANPO − GRPO at equal steps", each(lanpo, r -> r.after("zero-shot")), equalSteps);
    difference("LANPO − GRPO at equal generated tokens", each(lanpo, r -> r.after("zero-shot")), equalTokens);
    difference("LANPO − GRPO at equal processor seconds", each(lanpo, r -> r.after("zero-shot")), equalCpu);
    difference("LANPO − blind control", each(lanpo, r -> r.after("zero-shot")), each(blind, r -> r.after("zero-shot")));
    difference("LANPO − abstraction only", each(lanpo, r -> r.after("zero-shot")), each(abstraction, r -> r.after("zero-shot")));
    line("");
    line("## The three modes");
    line("");
    header("");
    row("fresh cold start, zero-shot", each(lanpo, r -> r.before("zero-shot")));
    row("fresh cold start, reflect", each(lanpo, r -> r.before("reflect")));
    row("LANPO, reflect", each(lanpo, r -> r.after("reflect")));
    row("LANPO, retrieve", each(lanpo, r -> r.after("retrieve")));
    row("GRPO (last step), reflect", each(grpo, r -> r.after("reflect")));
    row("blind control, reflect", each(blind, r -> r.after("reflect")));
    row("blind control, retrieve", each(blind, r -> r.after("retrieve")));
    row("abstraction only, retrieve", each(abstraction, r -> r.after("retrieve")));
    line("");
    line("## What it cost");
    line("");
    line("| | steps | generated tokens | prompt tokens | CPU s of training | CPU s of the cold start | wall s | peak memory MB |");
    line("|---|---|---|---|---|---|---|---|");
    cost("LANPO", lanpo);
    cost("GRPO", grpo);
    cost("blind control", blind);
    cost("abstraction only", abstraction);
    line("");
    line("Means over seeds. The cold start is cached: it is paid once a seed and shown where it was paid.");
    line("");
    line("## GRPO along its run");
    line("");
    line("| step | generated tokens | CPU s | zero-shot |");
    line("|---|---|---|---|");
    for (int k = 0; k < grpo.get(0).curve().size(); k++) {
      int at = k;
      line(
          "| %d | %.0f | %.0f | %.2f |",
          grpo.get(0).curve().get(k).step(),
          mean(each(grpo, r -> r.curve().get(at).generated())),
          mean(each(grpo, r -> r.curve().get(at).cpu())),
          mean(each(grpo, r -> r.curve().get(at).zeroShot())));
    }
  }

  private List<Run> runs(String variant) throws IOException {
    List<Run> runs = new ArrayList<>();
    for (String seed : seeds) {
      JsonObject result =
          JsonParser.parseString(Files.readString(folder.resolve(variant + "-" + seed + ".json")))
              .getAsJsonObject();
      List<Point> curve = new ArrayList<>();
      curve.add(
          new Point(
              0,
              0,
              0,
              0,
              result.getAsJsonObject("before").getAsJsonObject("zero-shot").get("mean").getAsDouble()));
      Path metrics = Path.of(result.get("folder").getAsString()).resolve("metrics.jsonl");
      for (String text : Files.readAllLines(metrics)) {
        JsonObject step = new Gson().fromJson(text, JsonObject.class);
        if (step.has("evaluation.zero-shot")) {
          curve.add(
              new Point(
                  step.get("step").getAsInt(),
                  step.get("generatedTokens").getAsLong(),
                  step.get("promptTokens").getAsLong(),
                  step.getAsJsonObject("timing").get("cpuSeconds").getAsDouble(),
                  step.get("evaluation.zero-shot").getAsDouble()));
        }
      }
      runs.add(new Run(result, curve));
    }
    return runs;
  }

  private void header(String first) {
    line("| %s | %s | mean ± s.e. |", first, seeds.stream().map(s -> "seed " + s).collect(Collectors.joining(" | ")));
    line("|---|%s---|", "---|".repeat(seeds.size()));
  }

  private static void row(String name, List<Double> values) {
    line(
        "| %s | %s | %.3f ± %.3f |",
        name,
        values.stream().map("%.3f"::formatted).collect(Collectors.joining(" | ")),
        mean(values),
        standardError(values));
  }

  private static void cost(String name, List<Run> runs) {
    line(
        "| %s | %.0f | %.0f | %.0f | %.0f | %s | %.0f | %.0f |",
        name,
        mean(each(runs, r -> r.number("steps"))),
        mean(each(runs, r -> r.number("generatedTokens"))),
        mean(each(runs, r -> r.number("promptTokens"))),
        mean(each(runs, r -> r.number("cpuSeconds"))),
        runs.stream().anyMatch(r -> r.number("coldStartCpuSeconds") > 0)
            ? "%.0f".formatted(mean(each(runs, r -> r.number("coldStartCpuSeconds"))))
            : "cached",
        mean(each(runs, r -> r.number("wallSeconds"))),
        mean(each(runs, r -> r.number("peakMemoryBytes") / 1e6)));
  }

  private static void difference(String name, List<Double> a, List<Double> b) {
    double[] first = array(a);
    double[] second = array(b);
    double p = first.length < 2 ? Double.NaN : new TTest().pairedTTest(first, second);
    long won = 0;
    for (int i = 0; i < first.length; i++) {
      won += first[i] > second[i] ? 1 : 0;
    }
    line("- %s: %+.3f, ahead on %d of %d seeds, p = %.4f", name, mean(a) - mean(b), won, first.length, p);
  }

  private static List<Double> each(List<Run> runs, ToDoubleFunction<Run> value) {
    return runs.stream().map(value::applyAsDouble).toList();
  }

  private static double mean(List<Double> values) {
    return StatUtils.mean(array(values));
  }

  private static double standardError(List<Double> values) {
    return Math.sqrt(StatUtils.variance(array(values)) / values.size());
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static void line(String format, Object... arguments) {
    System.out.println(format.formatted(arguments));
  }
}
