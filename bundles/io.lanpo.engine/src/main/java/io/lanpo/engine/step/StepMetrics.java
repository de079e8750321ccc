package io.lanpo.engine.step;

import io.lanpo.api.component.Setting;
import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.policy.TermReport;
import io.lanpo.api.policy.UpdateReport;
import io.lanpo.api.pool.LessonUse;
import io.lanpo.api.pool.PoolStats;
import io.lanpo.engine.rollout.Group;
import io.lanpo.engine.rollout.Rollout;
import io.lanpo.engine.rollout.StepRollouts.Condensed;
import io.lanpo.engine.rollout.StepRollouts.SampledAttempts;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.util.FastMath;

/** The figures of a step, by name. A mean over nothing is left out rather than written as 0. */
final class StepMetrics {
  private final Map<String, Object> figures = new LinkedHashMap<>();
  private long answerTokens;

  StepMetrics(int step) {
    figures.put("step", step);
  }

  void put(String name, Object value) {
    figures.put(name, value);
  }

  Map<String, Object> figures() {
    return figures;
  }

  /** Completion tokens of all groups. */
  long answerTokens() {
    return answerTokens;
  }

  /** What the completions came to. */
  void groups(List<Group> groups) {
    List<Rollout> all = groups.stream().flatMap(g -> g.rollouts().stream()).toList();
    answerTokens = all.stream().mapToLong(r -> r.completion().tokens().length).sum();
    Predicate<Rollout> scored = r -> r.reward().isPresent();
    mean("reward", all, scored, r -> r.reward().orElse(0));
    mean("accuracy", all, scored, r -> r.accepted() ? 1 : 0);
    deviation("rewardStd", all.stream().filter(scored).mapToDouble(r -> r.reward().orElse(0)));
    deviation(
        "advantageStd",
        groups.stream().filter(Group::learned).flatMapToDouble(StepMetrics::advantages));
    mean("tokens", all, r -> true, r -> r.completion().tokens().length);
    LongSummaryStatistics lengths =
        all.stream().mapToLong(r -> r.completion().tokens().length).summaryStatistics();
    if (lengths.getCount() > 0) {
      put("tokens.shortest", lengths.getMin());
      put("tokens.longest", lengths.getMax());
    }
    mean("tokens.prompt", all, r -> true, r -> r.promptTokens().length);
    for (FeedbackMode mode : FeedbackMode.values()) {
      String word = Setting.word(mode);
      Predicate<Rollout> ofMode = r -> r.composed().mode() == mode;
      mean("reward." + word, all, ofMode.and(scored), r -> r.reward().orElse(0));
      mean("accuracy." + word, all, ofMode.and(scored), r -> r.accepted() ? 1 : 0);
      mean("tokens." + word, all, ofMode, r -> r.completion().tokens().length);
      put("completions." + word, all.stream().filter(ofMode).count());
      mean("truncated." + word, all, ofMode, r -> r.completion().finished() ? 0 : 1);
      put(
          "generated." + word,
          all.stream().filter(ofMode).mapToLong(r -> r.completion().tokens().length).sum());
    }
    mean("truncated", all, r -> true, r -> r.completion().finished() ? 0 : 1);
    put("completions", all.size());
    put("unscored", all.stream().filter(r -> r.reward().isEmpty()).count());
    put(
        "feedbackShown",
        all.stream().filter(r -> r.composed().mode() != FeedbackMode.SCRATCH).count());
    put("feedbackFellBack", all.stream().filter(r -> r.composed().fellBack()).count());
    put("groups", groups.size());
    put("allRightGroups", groups.stream().filter(g -> all(g, Rollout::accepted)).count());
    put("allWrongGroups", groups.stream().filter(g -> all(g, r -> !r.accepted())).count());
    put("zeroVarianceGroups", groups.stream().filter(Group::zeroVariance).count());
  }

  /**
   * What dynamic sampling did.
   *
   * @param problems how many problems the step drew at first
   */
  void refilled(List<Group> groups, int problems) {
    put("refill.rounds", (groups.size() - 1) / problems);
    put("refill.learned", groups.stream().filter(Group::learned).count());
    put("refill.beyond", groups.stream().filter(g -> g.varied() && !g.learned()).count());
  }

  /** What was sampled only to be reviewed. */
  void attempts(SampledAttempts sampled) {
    put("attemptsSampled", sampled.count());
    put("generated.attempts", sampled.tokens());
  }

  /** What lessons were condensed into. */
  void condensed(Condensed condensed) {
    put("lessonsCondensed", condensed.texts());
    put("lessonsNotCondensed", condensed.failed());
    put("generated.condensing", condensed.tokens());
  }

  /**
   * How the lessons have served that this step showed: the share of completions that were rewarded,
   * and rewarded above their group's mean, among all that ever saw a lesson of their wording.
   *
   * @param use looks a wording up
   */
  void lessonUse(List<Group> groups, Function<String, LessonUse> use) {
    List<LessonUse> shown =
        groups.stream()
            .flatMap(g -> g.rollouts().stream())
            .flatMap(r -> r.composed().lessons().stream())
            .map(Lesson::text)
            .distinct()
            .map(use)
            .filter(of -> of.shown() > 0)
            .toList();
    put("lessonsShown", shown.size());
    long seen = shown.stream().mapToLong(LessonUse::shown).sum();
    if (seen > 0) {
      put(
          "lessonUse.rewarded",
          (double) shown.stream().mapToLong(LessonUse::accepted).sum() / seen);
      put("lessonUse.better", (double) shown.stream().mapToLong(LessonUse::better).sum() / seen);
    }
  }

  void updates(List<UpdateReport> reports) {
    put("updates", reports.size());
    if (reports.isEmpty()) {
      return;
    }
    put(
        "gradientNorm",
        reports.stream().mapToDouble(UpdateReport::gradientNorm).average().orElse(0));
    for (String term : terms(reports)) {
      List<TermReport> of =
          reports.stream().flatMap(r -> Optional.ofNullable(r.terms().get(term)).stream()).toList();
      if (of.isEmpty()) {
        continue;
      }
      put("loss." + term, of.stream().mapToDouble(TermReport::loss).average().orElse(0));
      if (term.equals("policy-gradient")) {
        put("lossTokens", of.stream().mapToLong(TermReport::tokens).sum());
        put("entropy", weighted(of, TermReport::entropy));
        put("clippedShare", weighted(of, TermReport::clippedShare));
        put("clippedShare.low", weighted(of, TermReport::clippedLowShare));
        put("clippedShare.high", weighted(of, TermReport::clippedHighShare));
        put("kl", weighted(of, TermReport::kl));
        put("ratio", weighted(of, TermReport::ratio));
        // of the first update only: later ones have other weights than those that sampled
        put("logProbGap", of.get(0).logProbGap());
        put("logProbGap.widest", of.get(0).widestLogProbGap());
      }
    }
  }

  /** The terms of a step's updates, those of the product's objectives first. */
  private static Set<String> terms(List<UpdateReport> reports) {
    Set<String> terms = new LinkedHashSet<>(List.of("policy-gradient", "replay"));
    reports.forEach(report -> terms.addAll(new TreeSet<>(report.terms().keySet())));
    return terms;
  }

  /** What the similarity filter did; in one order, for a map has another in each process. */
  void similarity(Map<String, Long> counts) {
    new TreeMap<>(counts).forEach((name, count) -> put("similarity." + name, count));
  }

  void pool(PoolStats stats) {
    put("poolProblems", stats.problems());
    put("poolExperiences", stats.experiences());
    put("poolLessons", stats.lessons());
  }

  private void mean(
      String name, List<Rollout> all, Predicate<Rollout> of, ToDoubleFunction<Rollout> value) {
    all.stream().filter(of).mapToDouble(value).average().ifPresent(mean -> put(name, mean));
  }

  /** Whether something is so of all of a group's completions that have a reward, and some have. */
  private static boolean all(Group group, Predicate<Rollout> so) {
    List<Rollout> scored = group.rollouts().stream().filter(r -> r.reward().isPresent()).toList();
    return !scored.isEmpty() && scored.stream().allMatch(so);
  }

  /** Advantages of what was scored. */
  private static DoubleStream advantages(Group group) {
    return IntStream.range(0, group.rollouts().size())
        .filter(i -> group.rollouts().get(i).reward().isPresent())
        .mapToDouble(i -> group.advantages()[i]);
  }

  /** The sample standard deviation; left out for fewer than two values. */
  private void deviation(String name, DoubleStream values) {
    double[] all = values.toArray();
    if (all.length > 1) {
      put(name, FastMath.sqrt(StatUtils.variance(all)));
    }
  }

  private static double weighted(List<TermReport> of, ToDoubleFunction<TermReport> value) {
    double sum = 0;
    long tokens = 0;
    for (TermReport report : of) {
      sum += value.applyAsDouble(report) * report.tokens();
      tokens += report.tokens();
    }
    return tokens == 0 ? 0 : sum / tokens;
  }
}
