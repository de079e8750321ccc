package io.lanpo.api.train;

import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an evaluation found.
 *
 * @param folder where its answers and figures are kept
 * @param policy the policy, in words
 * @param samples completions per problem
 * @param seed of the sampling
 * @param confidence share of the confidence intervals, e.g. 0.95
 * @param sections for each mode in order: first all problems, then those of each label's value
 * @param findings what keeps the figures from telling how good the policy is
 */
public record EvaluationReport(
    Path folder,
    String policy,
    int samples,
    long seed,
    double confidence,
    List<Section> sections,
    List<Finding> findings) {

  public EvaluationReport {
    sections = List.copyOf(sections);
    findings = List.copyOf(findings);
  }

  /** A report without findings. */
  public EvaluationReport(
      Path folder,
      String policy,
      int samples,
      long seed,
      double confidence,
      List<Section> sections) {
    this(folder, policy, samples, seed, confidence, sections, List.of());
  }

  /**
   * The figures of some problems in one mode.
   *
   * <p>{@code mean@n} is the mean reward. {@code pass@k} is the unbiased estimate that at least one
   * of k completions gets the full reward; {@code maj@k} is the share of problems whose first k
   * completions vote for a right answer, ties counted in part; it is there when the verifier tells
   * answers. A problem of which fewer than k completions could be judged takes no part.
   *
   * @param mode how they were posed
   * @param label a label of the problems, e.g. {@code level}; empty for all problems
   * @param value the label's value; empty for all problems
   * @param problems number of problems asked
   * @param figures by name, in order
   * @param score the same as a run tells it
   * @param unjudged completions that the verifier could not judge
   * @param tokens mean length of a completion, in tokens
   */
  public record Section(
      EvaluationMode mode,
      String label,
      String value,
      int problems,
      Map<String, Estimate> figures,
      Score score,
      long unjudged,
      double tokens) {
    public Section {
      figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    }
  }

  /** The scores over all problems. */
  public Map<EvaluationMode, Score> scores() {
    Map<EvaluationMode, Score> scores = new EnumMap<>(EvaluationMode.class);
    sections.stream()
        .filter(section -> section.label().isEmpty())
        .forEach(section -> scores.put(section.mode(), section.score()));
    return scores;
  }
}
