import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lanpo.api.similarity.SimilarityFilter;
import io.lanpo.api.similarity.SimilarityFilter.Scorer;
import io.lanpo.api.task.Question;
import io.lanpo.libs.question.NearDuplicates;
import io.lanpo.similarity.AllFilter;
import io.lanpo.similarity.LexicalFilter;
import io.lanpo.similarity.RandomFilter;
import io.lanpo.similarity.minilm.MiniLmFilter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How well similarity filters tell word problems of the same structure from others, and how well
 * near-duplicates are found, on labelled pairs.
 *
 * <p>Arguments: the file of pairs, the Markdown file and the SVG file to write.
 */
public final class SimilarityReport {
  private static final String RELEVANT = "same-structure";
  private static final String TWIN = "near-duplicate";
  private static final List<String> OTHERS = List.of("same-story", "unrelated");
  private static final Map<String, String> COLOURS =
      Map.of("lexical", "#1b6ca8", "minilm", "#c0392b", "judge", "#27ae60", "none", "#7f8c8d", "random", "#b7950b");

  private record Pair(String kind, Question a, Question b) {}

  /** A point of the curve: pairs at or above the threshold count as relevant. */
  private record Point(double threshold, double precision, double recall) {
    double f1() {
      return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
    }
  }

  private final Path retrieval;
  private final List<Pair> pairs = new ArrayList<>();
  private final List<Pair> heldOut = new ArrayList<>();
  private final Map<String, double[]> scores = new LinkedHashMap<>();

  public static void main(String[] args) throws IOException {
    Locale.setDefault(Locale.ROOT);
    SimilarityReport report = new SimilarityReport(Path.of(args[0]));
    try (PrintStream out = new PrintStream(Files.newOutputStream(Path.of(args[1])), false, "UTF-8")) {
      report.write(out, Path.of(args[2]).getFileName().toString().replace(".new", ""));
    }
    Files.writeString(Path.of(args[2]), report.plot());
  }

  private SimilarityReport(Path file) throws IOException {
    retrieval = file.resolveSibling("retrieval.json");
    pairs.addAll(read(file));
    heldOut.addAll(read(file.resolveSibling("held-out.jsonl")));
    try (MiniLmFilter minilm = new MiniLmFilter(1000)) {
      score("lexical", new LexicalFilter(1000));
      score("minilm", minilm);
      judge(file.resolveSibling("judge.jsonl"));
      score("none", new AllFilter());
      score("random", new RandomFilter());
    }
  }

  private static List<Pair> read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    List<Pair> read = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      JsonObject line = JsonParser.parseString(lines.get(i)).getAsJsonObject();
      read.add(
          new Pair(
              line.get("kind").getAsString(),
              new Question(i + "a", line.get("a").getAsString()),
              new Question(i + "b", line.get("b").getAsString())));
    }
    return read;
  }

  /** What a policy said of the pairs when it was asked, see experiments/similarity/judge. */
  private void judge(Path file) throws IOException {
    if (Files.exists(file)) {
      scores.put(
          "judge",
          Files.readAllLines(file).stream()
              .mapToDouble(line -> JsonParser.parseString(line).getAsJsonObject().get("score").getAsDouble())
              .toArray());
    }
  }

  /** The filters that look at what problems say. */
  private List<String> readers() {
    return scores.keySet().stream().filter(name -> !List.of("none", "random").contains(name)).toList();
  }

  private void score(String name, SimilarityFilter filter) {
    Map<String, Question> corpus = new LinkedHashMap<>();
    for (Pair pair : pairs) {
      corpus.putIfAbsent(pair.a().text(), pair.a());
      corpus.putIfAbsent(pair.b().text(), pair.b());
    }
    Scorer scorer = filter.fit(corpus.values());
    scores.put(name, pairs.stream().mapToDouble(p -> scorer.scores(p.a(), List.of(p.b()))[0]).toArray());
  }

  private void write(PrintStream out, String plot) throws IOException {
    out.println("# Similarity filters on labelled pairs");
    out.println();
    out.printf(
        "%d pairs of word problems, written and labelled by us (`integration-tests/experiments/similarity/pairs.jsonl`),%n",
        pairs.size());
    out.println("in equal parts: same structure in another story; same story but other mathematics; unrelated; near-duplicate");
    out.println("(same numbers, other wording). Written by `integration-tests/experiments/similarity/run`.");
    out.println();
    out.println("## What the filters find relevant");
    out.println();
    out.println("Relevant is *same structure*; *same story* and *unrelated* are not. Near-duplicates are left out: their lessons are");
    out.println("never shown. AUC is the chance that a relevant pair scores higher than one that is not; 0.5 is a coin.");
    out.println();
    if (scores.containsKey("judge")) {
      out.println("`judge` is SmolLM2-135M-Instruct, asked with `configs/io.lanpo.similarity.judge~judge.cfg`, answers greedy, written by");
      out.println("`integration-tests/experiments/similarity/judge MODEL-FOLDER`.");
      out.println();
    }
    out.printf("![Precision over recall of every filter](%s)%n%n", plot);
    out.println("| | AUC | AUC against same story | AUC against unrelated | best F1 (threshold, precision, recall) |");
    out.println("|---|---|---|---|---|");
    for (String filter : scores.keySet()) {
      Point best = curve(filter).stream().max((a, b) -> Double.compare(a.f1(), b.f1())).orElseThrow();
      out.printf(
          "| `%s` | %.2f | %.2f | %.2f | %.2f (%.2f, %.2f, %.2f) |%n",
          filter,
          auc(filter, OTHERS),
          auc(filter, OTHERS.subList(0, 1)),
          auc(filter, OTHERS.subList(1, 2)),
          best.f1(),
          best.threshold(),
          best.precision(),
          best.recall());
    }
    out.println();
    out.println("Precision / recall over the threshold (`feedback.floor`); – where nothing is above it:");
    out.println();
    out.println("| floor | " + String.join(" | ", scores.keySet()) + " |");
    out.println("|---" + "|---".repeat(scores.size()) + "|");
    for (int i = 0; i <= 18; i++) {
      double floor = i * 0.05;
      StringBuilder row = new StringBuilder("| %.2f".formatted(floor));
      for (String filter : scores.keySet()) {
        Point point = at(filter, floor);
        row.append(
            point.recall() == 0 && Double.isNaN(point.precision())
                ? " | –"
                : " | %.2f / %.2f".formatted(point.precision(), point.recall()));
      }
      out.println(row + " |");
    }
    out.println();
    out.println("Scores by kind, 10th / 50th / 90th percentile:");
    out.println();
    Set<String> kinds = new LinkedHashSet<>(pairs.stream().map(Pair::kind).toList());
    out.println("| | " + String.join(" | ", kinds) + " |");
    out.println("|---" + "|---".repeat(kinds.size()) + "|");
    for (String filter : readers()) {
      StringBuilder row = new StringBuilder("| `" + filter + "`");
      for (String kind : kinds) {
        double[] of = of(filter, kind);
        Arrays.sort(of);
        row.append(
            " | %.2f / %.2f / %.2f".formatted(of[of.length / 10], of[of.length / 2], of[of.length * 9 / 10]));
      }
      out.println(row + " |");
    }
    duplicates(out);
    if (Files.exists(retrieval)) {
      retrieval(out);
    }
  }

  /** What {@code bench retrieval --json} measured. */
  private void retrieval(PrintStream out) throws IOException {
    JsonObject measured = JsonParser.parseString(Files.readString(retrieval)).getAsJsonObject();
    out.println();
    out.println("## Retrieval: the ten best of many, by `minilm`");
    out.println();
    out.println("Written by `runtime/bin/lanpo bench retrieval --json`, on two cores of an AMD EPYC that others used too (hence the p99), JDK 17,");
    out.println("one thread; recall@10 is against the scan. Queries are embeddings of word problems that are not among the candidates. A candidate is one of");
    out.println("2,000 embeddings of word problems (16 kinds), moved by 0.35 × the difference of two others and by noise of length 0.2,");
    out.println("so that there are clusters of problems that differ by their numbers and names (cosine to the centre about 0.9).");
    out.println();
    out.println("| | p50 | p99 | recall@10 |");
    out.println("|---|---|---|---|");
    for (JsonElement element : measured.getAsJsonArray("figures")) {
      JsonObject figure = element.getAsJsonObject();
      JsonObject details = figure.getAsJsonObject("details");
      out.printf(
          "| %s | %.2f %s | %s | %s |%n",
          figure.get("name").getAsString(),
          figure.get("value").getAsDouble(),
          figure.get("unit").getAsString(),
          details.has("p99") ? "%.2f ms".formatted(details.get("p99").getAsDouble()) : "",
          details.has("recall") ? "%.4f".formatted(details.get("recall").getAsDouble()) : "");
    }
  }

  private void duplicates(PrintStream out) {
    out.println();
    out.println("## Near-duplicates");
    out.println();
    out.println("A problem with the same numbers counts as the same problem from a share of common words, `feedback.duplicate-overlap`.");
    out.println("Found is out of the near-duplicates; false alarms are out of the other three kinds; accidental ones are out of all");
    out.println("pairs of different problems that can be made of the first questions.");
    out.println();
    out.println("| overlap | found (recall) | false alarms | precision | accidental |");
    out.println("|---|---|---|---|---|");
    List<String> texts = pairs.stream().map(p -> p.a().text()).distinct().toList();
    for (double overlap : new double[] {0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1}) {
      NearDuplicates detector = new NearDuplicates(overlap);
      long found = pairs.stream().filter(p -> p.kind().equals(TWIN) && detector.same(p.a(), p.b())).count();
      long twins = pairs.stream().filter(p -> p.kind().equals(TWIN)).count();
      long alarms = pairs.stream().filter(p -> !p.kind().equals(TWIN) && detector.same(p.a(), p.b())).count();
      int accidental = 0;
      int made = 0;
      for (int i = 0; i < texts.size(); i++) {
        for (int j = 0; j < i; j++) {
          made++;
          accidental += detector.same(new Question("i", texts.get(i)), new Question("j", texts.get(j))) ? 1 : 0;
        }
      }
      out.printf(
          "| %.1f | %d of %d (%.2f) | %d of %d | %s | %d of %d |%n",
          overlap,
          found,
          twins,
          (double) found / twins,
          alarms,
          pairs.size() - twins,
          found + alarms == 0 ? "–" : "%.2f".formatted((double) found / (found + alarms)),
          accidental,
          made);
    }
    out.println();
    NearDuplicates usual = new NearDuplicates(0.1);
    out.printf(
        "The rules were made with these pairs in view. Of %d more near-duplicates, written afterwards (`held-out.jsonl`),%n",
        heldOut.size());
    out.printf(
        "the default finds **%d**. It misses:%n%n",
        heldOut.stream().filter(p -> usual.same(p.a(), p.b())).count());
    heldOut.stream()
        .filter(p -> !usual.same(p.a(), p.b()))
        .forEach(p -> out.printf("- %s / %s%n", p.a().text(), p.b().text()));
    out.println();
    out.println("The scores alone, with near-duplicates against all other kinds:");
    out.println();
    out.println("| | AUC | recall where the precision is at least 0.9 |");
    out.println("|---|---|---|");
    for (String filter : readers()) {
      double recall = 0;
      for (double threshold : thresholds(filter)) {
        long above = count(filter, List.of(RELEVANT, "same-story", "unrelated"), threshold);
        long twins = count(filter, List.of(TWIN), threshold);
        if (twins > 0 && twins >= 0.9 * (twins + above)) {
          recall = Math.max(recall, (double) twins / of(filter, TWIN).length);
        }
      }
      out.printf(
          "| `%s` | %.2f | %.2f |%n",
          filter,
          auc(of(filter, TWIN), join(filter, List.of(RELEVANT, "same-story", "unrelated"))),
          recall);
    }
  }

  private double[] of(String filter, String kind) {
    return join(filter, List.of(kind));
  }

  private double[] join(String filter, List<String> kinds) {
    double[] all = scores.get(filter);
    return java.util.stream.IntStream.range(0, all.length)
        .filter(i -> kinds.contains(pairs.get(i).kind()))
        .mapToDouble(i -> all[i])
        .toArray();
  }

  private double auc(String filter, List<String> others) {
    return auc(of(filter, RELEVANT), join(filter, others));
  }

  private static double auc(double[] high, double[] low) {
    double won = 0;
    for (double h : high) {
      for (double l : low) {
        won += h > l ? 1 : h == l ? 0.5 : 0;
      }
    }
    return won / high.length / low.length;
  }

  private long count(String filter, List<String> kinds, double threshold) {
    return Arrays.stream(join(filter, kinds)).filter(s -> s >= threshold).count();
  }

  private Point at(String filter, double threshold) {
    double right = count(filter, List.of(RELEVANT), threshold);
    double wrong = count(filter, OTHERS, threshold);
    return new Point(threshold, right / (right + wrong), right / of(filter, RELEVANT).length);
  }

  private Set<Double> thresholds(String filter) {
    Set<Double> all = new TreeSet<>();
    Arrays.stream(scores.get(filter)).forEach(all::add);
    return all;
  }

  /** From the lowest threshold to the highest, as far as anything relevant is above it. */
  private List<Point> curve(String filter) {
    return thresholds(filter).stream().map(t -> at(filter, t)).filter(p -> p.recall() > 0).toList();
  }

  private String plot() {
    StringBuilder svg = new StringBuilder();
    svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 560 400\" font-family=\"sans-serif\" font-size=\"12\">\n");
    svg.append("<rect width=\"560\" height=\"400\" fill=\"#ffffff\"/>\n");
    for (int i = 0; i <= 5; i++) {
      double v = i / 5.0;
      svg.append("<path d=\"M%.1f %.1fH%.1f\" stroke=\"#dddddd\"/>\n".formatted(x(0), y(v), x(1)));
      svg.append("<path d=\"M%.1f %.1fV%.1f\" stroke=\"#dddddd\"/>\n".formatted(x(v), y(0), y(1)));
      svg.append("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"end\">%.1f</text>\n".formatted(x(0) - 6, y(v) + 4, v));
      svg.append("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%.1f</text>\n".formatted(x(v), y(0) + 16, v));
    }
    svg.append("<text x=\"%.1f\" y=\"390\" text-anchor=\"middle\">recall</text>\n".formatted(x(0.5)));
    svg.append("<text x=\"14\" y=\"%.1f\" text-anchor=\"middle\" transform=\"rotate(-90 14 %.1f)\">precision</text>\n".formatted(y(0.5), y(0.5)));
    int row = 0;
    for (String filter : scores.keySet()) {
      String colour = COLOURS.get(filter);
      StringBuilder line = new StringBuilder();
      List<Point> curve = curve(filter);
      for (Point point : curve) {
        line.append("%.1f,%.1f ".formatted(x(point.recall()), y(point.precision())));
      }
      svg.append(
          curve.size() == 1
              ? "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"5\" fill=\"%s\"/>\n"
                  .formatted(x(curve.get(0).recall()), y(curve.get(0).precision()), colour)
              : "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>\n"
                  .formatted(line.toString().strip(), colour));
      svg.append("<rect x=\"460\" y=\"%d\" width=\"14\" height=\"4\" fill=\"%s\"/>\n".formatted(40 + 20 * row, colour));
      svg.append("<text x=\"480\" y=\"%d\">%s</text>\n".formatted(46 + 20 * row, filter));
      row++;
    }
    return svg.append("</svg>\n").toString();
  }

  private static double x(double recall) {
    return 50 + 390 * recall;
  }

  private static double y(double precision) {
    return 360 - 330 * precision;
  }
}
