import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.commons.math3.util.FastMath;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Draws training reward and held-out accuracy of runs against the tokens they generated, and writes
 * both as a table.
 *
 * <p>Arguments: the picture to write (PNG), then for each run its name and its folder. Markdown goes
 * to standard output.
 */
public final class Curves {
  /** Training steps whose mean reward makes a point. */
  private static final int SMOOTHED = 10;

  private static final int WIDTH = 620;
  private static final int HEIGHT = 400;

  /** One training step; the accuracy is NaN where nothing was evaluated. */
  private record Step(int number, double tokens, double plain, double heldOut) {}

  /**
   * A run.
   *
   * @param problems held-out problems that were asked
   */
  private record Run(String name, double before, int problems, List<Step> steps) {
    /** Standard error of an accuracy: binomial, one answer a problem. */
    double error(double accuracy) {
      return FastMath.sqrt(accuracy * (1 - accuracy) / problems);
    }

    List<Step> evaluated() {
      List<Step> evaluated = new ArrayList<>(List.of(new Step(0, 0, Double.NaN, before)));
      steps.stream().filter(s -> !Double.isNaN(s.heldOut())).forEach(evaluated::add);
      return evaluated;
    }

    /** Mean plain reward of every {@link #SMOOTHED} steps, at the last of them. */
    List<double[]> rewards() {
      List<double[]> points = new ArrayList<>();
      for (int to = SMOOTHED; to <= steps.size(); to += SMOOTHED) {
        points.add(new double[] {steps.get(to - 1).tokens(), reward(to)});
      }
      return points;
    }

    /** Mean plain reward of {@link #SMOOTHED} steps up to the {@code to}th. */
    double reward(int to) {
      return steps.subList(Math.max(0, to - SMOOTHED), to).stream()
          .mapToDouble(Step::plain)
          .average()
          .orElseThrow();
    }
  }

  private Curves() {}

  public static void main(String[] args) throws IOException {
    Locale.setDefault(Locale.ROOT);
    if (args.length < 3 || args.length % 2 == 0) {
      throw new IllegalArgumentException("usage: Curves PICTURE NAME RUN_FOLDER [NAME RUN_FOLDER]...");
    }
    List<Run> runs = new ArrayList<>();
    for (int i = 1; i < args.length; i += 2) {
      runs.add(read(args[i], Path.of(args[i + 1])));
    }
    draw(runs, Path.of(args[0]));
    table(runs);
  }

  private static Run read(String name, Path folder) throws IOException {
    JsonObject plain =
        json(Files.readString(folder.resolve("before.json")))
            .getAsJsonObject("byMode")
            .getAsJsonObject("zero-shot");
    List<Step> steps = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("metrics.jsonl"))) {
      JsonObject step;
      try {
        step = json(line);
      } catch (JsonParseException e) {
        break; // the run was killed while it wrote
      }
      steps.add(
          new Step(
              step.get("step").getAsInt(),
              step.get("generatedTokens").getAsDouble(),
              step.get("reward.scratch").getAsDouble(),
              step.has("evaluation.zero-shot")
                  ? step.get("evaluation.zero-shot").getAsDouble()
                  : Double.NaN));
    }
    return new Run(name, plain.get("mean").getAsDouble(), plain.get("problems").getAsInt(), steps);
  }

  private static JsonObject json(String text) {
    return new Gson().fromJson(text, JsonObject.class);
  }

  private static void draw(List<Run> runs, Path picture) throws IOException {
    XYChart heldOut = chart("Held-out accuracy, zero-shot (± 1 s.e.)");
    XYChart reward = chart("Training reward of plain completions, means of %d steps".formatted(SMOOTHED));
    for (Run run : runs) {
      List<Step> evaluated = run.evaluated();
      heldOut
          .addSeries(
              run.name(),
              evaluated.stream().mapToDouble(s -> s.tokens() / 1000).toArray(),
              evaluated.stream().mapToDouble(Step::heldOut).toArray(),
              evaluated.stream().mapToDouble(s -> run.error(s.heldOut())).toArray())
          .setMarker(SeriesMarkers.CIRCLE);
      List<double[]> points = run.rewards();
      reward
          .addSeries(
              run.name(),
              points.stream().mapToDouble(p -> p[0] / 1000).toArray(),
              points.stream().mapToDouble(p -> p[1]).toArray())
          .setMarker(SeriesMarkers.CIRCLE);
    }
    BitmapEncoder.saveBitmap(
        List.of(heldOut, reward), 1, 2, picture.toString(), BitmapEncoder.BitmapFormat.PNG);
  }

  private static XYChart chart(String title) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle("generated tokens, thousands")
            .build();
    chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideNW);
    chart.getStyler().setYAxisMin(0.0);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setDecimalPattern("0.##");
    return chart;
  }

  private static void table(List<Run> runs) {
    System.out.println("| run | step | generated tokens | held-out, zero-shot | training reward, plain, last "
        + SMOOTHED + " steps |");
    System.out.println("|---|---|---|---|---|");
    for (Run run : runs) {
      for (Step at : run.evaluated()) {
        String reward = at.number() == 0 ? "" : "%.3f".formatted(run.reward(at.number()));
        System.out.printf(
            "| %s | %d | %,.0f | %.3f ± %.3f | %s |%n",
            run.name(), at.number(), at.tokens(), at.heldOut(), run.error(at.heldOut()), reward);
      }
    }
  }
}
