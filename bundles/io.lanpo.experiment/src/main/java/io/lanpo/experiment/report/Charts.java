package io.lanpo.experiment.report;

import io.lanpo.experiment.plan.Variant;
import io.lanpo.experiment.result.Budget;
import io.lanpo.experiment.result.CurvePoint;
import io.lanpo.experiment.result.FinishedRun;
import io.lanpo.experiment.result.Mean;
import io.lanpo.experiment.result.Results;
import java.awt.Color;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGGraphics2DIOException;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.w3c.dom.Document;

/** Draws the pictures of a report as SVG. */
record Charts(Results results) {
  private static final int WIDTH = 860;
  private static final int HEIGHT = 420;
  private static final int LABELLED_HEIGHT = 520;

  /** Of coordinates; letters are outlines, and more decimals than these cannot be seen. */
  private static final int DECIMALS = 2;

  private static final String SVG = "http://www.w3.org/2000/svg";

  /**
   * The measure along the runs: means over seeds, with their standard errors, against the mean of
   * what was spent.
   */
  Optional<ReportBlock.Figure> curves(List<Variant> shown, Budget against) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .xAxisTitle(against.title())
            .yAxisTitle(results.plan().file().measure())
            .build();
    style(chart.getStyler());
    for (Variant variant : shown) {
      List<FinishedRun> runs = results.of(variant);
      int points = runs.stream().mapToInt(r -> r.curve().points().size()).min().orElse(0);
      if (points > 0) {
        chart
            .addSeries(
                HtmlReport.plain(variant.title()),
                along(runs, points, p -> against.of(p), Mean::mean),
                along(runs, points, CurvePoint::value, Mean::mean),
                along(runs, points, CurvePoint::value, m -> Double.isNaN(m.se()) ? 0 : m.se()))
            .setMarker(SeriesMarkers.NONE);
      }
    }
    if (chart.getSeriesMap().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ReportBlock.Figure(
            "%s.svg".formatted(against.word()),
            "%s against %s; means over seeds, bars are one standard error"
                .formatted(results.plan().file().measure(), against.title()),
            svg(chart, HEIGHT)));
  }

  /** All variants at one budget. */
  Optional<ReportBlock.Figure> variants(Budget budget) {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(LABELLED_HEIGHT)
            .yAxisTitle(results.plan().file().measure())
            .build();
    style(chart.getStyler());
    chart.getStyler().setLegendVisible(false);
    chart.getStyler().setXAxisLabelRotation(60);
    List<String> names = new ArrayList<>();
    List<Double> means = new ArrayList<>();
    List<Double> errors = new ArrayList<>();
    for (Variant variant : results.runs().keySet()) {
      Mean mean = results.mean(variant, budget);
      if (mean.number() > 0) {
        names.add(variant.name());
        means.add(mean.mean());
        errors.add(Double.isNaN(mean.se()) ? 0 : mean.se());
      }
    }
    if (names.isEmpty()) {
      return Optional.empty();
    }
    chart.addSeries("mean", names, means, errors);
    return Optional.of(
        new ReportBlock.Figure(
            "variants-%s.svg".formatted(budget.word()),
            "all variants at equal %s; bars are one standard error".formatted(budget.title()),
            svg(chart, LABELLED_HEIGHT)));
  }

  private static double[] along(
      List<FinishedRun> runs,
      int points,
      ToDoubleFunction<CurvePoint> value,
      ToDoubleFunction<Mean> figure) {
    double[] along = new double[points];
    for (int k = 0; k < points; k++) {
      int at = k;
      along[k] =
          figure.applyAsDouble(
              Mean.of(
                  runs.stream()
                      .map(r -> value.applyAsDouble(r.curve().points().get(at)))
                      .toList()));
    }
    return along;
  }

  private static void style(Styler styler) {
    styler
        .setChartBackgroundColor(Color.WHITE)
        .setLegendPosition(Styler.LegendPosition.OutsideS)
        .setLegendLayout(Styler.LegendLayout.Horizontal)
        .setAntiAlias(true);
  }

  private static String svg(Chart<?, ?> chart, int height) {
    StringWriter text = new StringWriter();
    try {
      Document document =
          DocumentBuilderFactory.newDefaultInstance()
              .newDocumentBuilder()
              .getDOMImplementation()
              .createDocument(SVG, "svg", null);
      SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
      context.setPrecision(DECIMALS);
      SVGGraphics2D graphics = new SVGGraphics2D(context, false);
      chart.paint(graphics, WIDTH, height);
      graphics.stream(text, false);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException(e);
    } catch (SVGGraphics2DIOException e) {
      throw new UncheckedIOException(new IOException(e));
    }
    // without the head of a document of its own, and with a size that can shrink
    String whole = text.toString();
    return whole
        .substring(whole.indexOf("<svg"))
        .replaceFirst(
            "<svg ",
            "<svg viewBox=\"0 0 %1$d %2$d\" width=\"%1$d\" height=\"%2$d\" "
                .formatted(WIDTH, height));
  }
}
