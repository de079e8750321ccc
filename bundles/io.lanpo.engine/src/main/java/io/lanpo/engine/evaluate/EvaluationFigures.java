package io.lanpo.engine.evaluate;

import io.lanpo.api.component.Setting;
import io.lanpo.api.task.Problem;
import io.lanpo.api.train.Estimate;
import io.lanpo.api.train.EvaluationMode;
import io.lanpo.api.train.EvaluationReport.Section;
import io.lanpo.engine.generate.Randomness;
import io.lanpo.libs.statistics.Bootstrap;
import io.lanpo.libs.statistics.Interval;
import io.lanpo.libs.statistics.Majority;
import io.lanpo.libs.statistics.PassAtK;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** From answers to the figures of a report; the same answers and seed give the same bits. */
public final class EvaluationFigures {
  public static final double CONFIDENCE = 0.95;
  private static final int RESAMPLES = 2000;

  private final List<Problem> problems;
  private final int samples;
  private final Randomness randomness;
  private final List<Integer> ks = new ArrayList<>();

  /**
   * @param problems what the numbers of problems count
   * @param samples completions per problem
   * @param seed fixes the resampling
   */
  public EvaluationFigures(List<Problem> problems, int samples, long seed) {
    this.problems = problems;
    this.samples = samples;
    this.randomness = new Randomness(seed);
    for (int k = 1; k < samples; k *= 2) {
      ks.add(k);
    }
    ks.add(samples);
  }

  /** The sections of a mode: all problems, then those of each value of each label. */
  public List<Section> sections(EvaluationMode mode, List<Answer> answers) {
    List<Section> sections = new ArrayList<>();
    sections.add(section(mode, "", "", answers));
    Map<String, TreeSet<String>> labels = new TreeMap<>();
    for (Answer answer : answers) {
      problems
          .get(answer.number())
          .labels()
          .forEach(
              (label, value) -> labels.computeIfAbsent(label, l -> new TreeSet<>()).add(value));
    }
    labels.forEach(
        (label, values) -> {
          for (String value : values) {
            Predicate<Answer> within =
                a -> value.equals(problems.get(a.number()).labels().get(label));
            sections.add(section(mode, label, value, answers.stream().filter(within).toList()));
          }
        });
    return sections;
  }

  private Section section(EvaluationMode mode, String label, String value, List<Answer> answers) {
    Map<Integer, List<Answer>> byProblem = new TreeMap<>();
    for (Answer answer : answers) {
      List<Answer> scored = byProblem.computeIfAbsent(answer.number(), n -> new ArrayList<>());
      if (answer.scored()) {
        scored.add(answer);
      }
    }
    boolean votes = samples > 1 && answers.stream().anyMatch(a -> a.answer() != null);
    List<String> names = names(votes);
    double[][] values =
        byProblem.values().stream().map(of -> values(of, votes)).toArray(double[][]::new);
    long seed = randomness.seed("bootstrap " + label + "=" + value, mode.ordinal());
    List<Interval> intervals =
        new Bootstrap(RESAMPLES, CONFIDENCE, seed).means(values, names.size());
    Map<String, Estimate> figures = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      Interval found = intervals.get(i);
      figures.put(names.get(i), new Estimate(found.mean(), found.low(), found.high()));
    }
    return new Section(
        mode,
        label,
        value,
        byProblem.size(),
        figures,
        Evaluator.score(answers, samples),
        answers.stream().filter(a -> !a.scored()).count(),
        answers.stream().mapToInt(Answer::tokens).average().orElse(Double.NaN));
  }

  private List<String> names(boolean votes) {
    List<String> names = new ArrayList<>(List.of("mean@" + samples));
    ks.forEach(k -> names.add("pass@" + k));
    if (votes) {
      ks.stream().filter(k -> k > 1).forEach(k -> names.add("maj@" + k));
    }
    return names;
  }

  /** The figures of a problem, in the order of their names; NaN where it has too few answers. */
  private double[] values(List<Answer> scored, boolean votes) {
    List<Double> values = new ArrayList<>();
    values.add(scored.stream().mapToDouble(Answer::reward).average().orElse(Double.NaN));
    int n = scored.size();
    int right = (int) scored.stream().filter(Answer::accepted).count();
    ks.forEach(k -> values.add(n < k ? Double.NaN : PassAtK.of(n, right, k)));
    if (votes) {
      ks.stream()
          .filter(k -> k > 1)
          .forEach(k -> values.add(n < k ? Double.NaN : majority(scored.subList(0, k))));
    }
    return values.stream().mapToDouble(v -> v).toArray();
  }

  private static double majority(List<Answer> answers) {
    return Majority.of(
        answers.stream()
            .map(a -> new Majority.Vote(Optional.ofNullable(a.answer()), a.accepted()))
            .toList());
  }

  /** A section as it stands in {@code scores.json}. */
  public static Map<String, Object> document(Section section) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("mode", Setting.word(section.mode()));
    if (!section.label().isEmpty()) {
      document.put("label", section.label());
      document.put("value", section.value());
    }
    document.put("problems", section.problems());
    Map<String, Object> figures = new LinkedHashMap<>();
    section
        .figures()
        .forEach(
            (name, figure) ->
                figures.put(
                    name,
                    Arrays.asList(
                        finite(figure.value()), finite(figure.low()), finite(figure.high()))));
    document.put("figures", figures);
    document.put("se", section.score().se());
    document.put("fellBack", section.score().fellBack());
    document.put("uncondensed", section.score().uncondensed());
    document.put("finished", section.score().finished());
    document.put("unjudged", section.unjudged());
    document.put("tokens", finite(section.tokens()));
    return document;
  }

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
