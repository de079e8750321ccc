package io.lanpo.experiment.result;

import io.lanpo.api.train.RunState;
import io.lanpo.api.train.RunSummary;
import io.lanpo.experiment.plan.ExperimentPlan;
import io.lanpo.experiment.plan.PlannedRun;
import io.lanpo.experiment.plan.Variant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The finished runs of a plan, and how they compare.
 *
 * @param plan the plan
 * @param runs by variant, in the order of the plan; variants without a finished run included
 */
public record Results(ExperimentPlan plan, Map<Variant, List<FinishedRun>> runs) {
  /** Reads what is finished. */
  public static Results read(ExperimentPlan plan, Map<PlannedRun, RunSummary> begun) {
    Map<Variant, List<FinishedRun>> runs = new LinkedHashMap<>();
    plan.variants().forEach(variant -> runs.put(variant, new ArrayList<>()));
    for (PlannedRun run : plan.runs()) {
      RunSummary summary = begun.get(run);
      if (summary != null && summary.state() == RunState.FINISHED) {
        runs.computeIfAbsent(run.variant(), v -> new ArrayList<>())
            .add(FinishedRun.read(summary, run.seed(), plan.file().measure()));
      }
    }
    return new Results(plan, runs);
  }

  /** Number of finished runs. */
  public int finished() {
    return runs.values().stream().mapToInt(List::size).sum();
  }

  /** The finished runs of a variant. */
  public List<FinishedRun> of(Variant variant) {
    return runs.getOrDefault(variant, List.of());
  }

  /**
   * A value at a budget.
   *
   * @param seed the seed
   * @param value the measure
   * @param whole whether the run went on for as long as the budget allows; one that ended earlier
   *     had less to spend
   */
  public record At(long seed, double value, boolean whole) {}

  /**
   * The measure of a variant where the variant that gives the budget has ended, for every seed that
   * both have.
   */
  public List<At> at(Variant variant, Budget budget) {
    List<At> values = new ArrayList<>();
    for (FinishedRun run : of(variant)) {
      FinishedRun reference = reference(run.seed());
      if (reference != null) {
        double amount = budget.of(reference.curve().last());
        values.add(
            new At(
                run.seed(),
                run.curve().within(budget, amount).value(),
                budget.of(run.curve().last()) >= amount));
      }
    }
    return values;
  }

  /** The mean of {@link #at}. */
  public Mean mean(Variant variant, Budget budget) {
    return Mean.of(at(variant, budget).stream().map(At::value).toList());
  }

  /** The mean of some figure over the finished runs of a variant. */
  public Mean mean(Variant variant, ToDoubleFunction<FinishedRun> figure) {
    return Mean.of(of(variant).stream().map(figure::applyAsDouble).toList());
  }

  /**
   * A comparison with a baseline.
   *
   * @param variant what is compared
   * @param test over the seeds that both have
   * @param t p of the t-test, corrected by Holm's method
   * @param wilcoxon p of Wilcoxon's test, corrected by Holm's method
   */
  public record Comparison(Variant variant, PairedTest test, double t, double wilcoxon) {}

  /**
   * Compares all variants that share two seeds or more with one of them; these comparisons at one
   * budget are a family for Holm's correction.
   */
  public List<Comparison> against(Variant baseline, Budget budget) {
    Map<Long, Double> base = new LinkedHashMap<>();
    at(baseline, budget).forEach(a -> base.put(a.seed(), a.value()));
    List<Variant> compared = new ArrayList<>();
    List<PairedTest> tests = new ArrayList<>();
    for (Variant variant : runs.keySet()) {
      List<At> both = at(variant, budget).stream().filter(a -> base.containsKey(a.seed())).toList();
      if (!variant.equals(baseline) && both.size() > 1) {
        compared.add(variant);
        tests.add(
            PairedTest.of(
                both.stream().mapToDouble(At::value).toArray(),
                both.stream().mapToDouble(a -> base.getOrDefault(a.seed(), 0.0)).toArray()));
      }
    }
    double[] t = HolmCorrection.correct(tests.stream().mapToDouble(PairedTest::t).toArray());
    double[] wilcoxon =
        HolmCorrection.correct(tests.stream().mapToDouble(PairedTest::wilcoxon).toArray());
    List<Comparison> comparisons = new ArrayList<>();
    for (int i = 0; i < tests.size(); i++) {
      comparisons.add(new Comparison(compared.get(i), tests.get(i), t[i], wilcoxon[i]));
    }
    return comparisons;
  }

  private @Nullable FinishedRun reference(long seed) {
    return runs.entrySet().stream()
        .filter(e -> e.getKey().name().equals(plan.file().budget()))
        .flatMap(e -> e.getValue().stream())
        .filter(r -> r.seed() == seed)
        .findFirst()
        .orElse(null);
  }
}
