package io.lanpo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.Settings;
import io.lanpo.api.objective.JudgedGroup;
import io.lanpo.api.objective.JudgedStep;
import io.lanpo.api.objective.Means;
import io.lanpo.api.objective.Objective;
import io.lanpo.api.objective.Updates;
import io.lanpo.api.reward.Response;
import io.lanpo.api.reward.Verdict;
import io.lanpo.api.reward.Verifier;
import io.lanpo.api.task.Problem;
import io.lanpo.api.train.EvaluationMode;
import io.lanpo.api.train.EvaluationRequest;
import io.lanpo.api.train.Finding;
import io.lanpo.api.train.ProblemPart;
import io.lanpo.api.train.RunHealth;
import io.lanpo.api.train.RunState;
import io.lanpo.api.train.RunSummary;
import io.lanpo.api.train.TrainingService;
import io.lanpo.it.paxexam.OsgiService;
import io.lanpo.it.paxexam.PaxExamExtension;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

/**
 * Twenty ways to set up a run of the product that cannot learn, each with what it says of itself.
 * The policy is tiny and as good as random; where that is not what keeps it from learning, a
 * verifier rewards it by chance.
 */
@Tag("full")
@ExtendWith(PaxExamExtension.class)
@Timeout(600)
final class LearningHealthIT {
  private static final Map<String, String> SMALL =
      Map.ofEntries(
          Map.entry("steps", "2"),
          Map.entry("problems", "3"),
          Map.entry("group-size", "4"),
          Map.entry("policy.width", "16"),
          Map.entry("policy.layers", "1"),
          Map.entry("policy.heads", "2"),
          Map.entry("policy.workers", "1"),
          Map.entry("task.operators", "4"),
          Map.entry("coldstart.steps", "400"),
          // it has learned to end its completions, and hardly more
          Map.entry("sampling.max-tokens", "200"),
          Map.entry("sampling.max-review-tokens", "200"),
          Map.entry("distil.per-problem", "4"),
          Map.entry("distil.pitfall-share", "1"),
          Map.entry("feedback.floor", "-1"),
          Map.entry("feedback.duplicate-overlap", "1"),
          Map.entry("objective.replay", "0"),
          Map.entry("objective.feedback-weight", "1"),
          Map.entry("evaluation.samples", "1"),
          Map.entry("evaluation.final-problems", "1"),
          Map.entry("failures.most", "1"),
          Map.entry("memory.check", "off"));

  /** Objectives of this test, which have no settings. */
  private static final List<String> OWN = List.of("idle", "frozen");

  @OsgiService TrainingService training;
  @OsgiService BundleContext context;

  @OsgiService(filter = "(lanpo.name=exact)")
  Verifier exact;

  private final List<ServiceRegistration<?>> registered = new ArrayList<>();

  @BeforeEach
  void components() {
    register(Verifier.class, "by-chance", verifier(LearningHealthIT::byChance));
    register(Verifier.class, "none-right", verifier(text -> new Verdict.Scored(0, "wrong")));
    register(Verifier.class, "all-right", verifier(text -> new Verdict.Scored(1, "right")));
    register(Verifier.class, "form", verifier(text -> new Verdict.Scored(0.1, "well formed")));
    register(Verifier.class, "abstains", verifier(text -> new Verdict.Abstained("no key")));
    register(
        Verifier.class,
        "breaks",
        verifier(
            text -> {
              throw new IllegalStateException("broken");
            }));
    register(
        Verifier.class,
        "elsewhere",
        verifier(
            text -> new Verdict.Scored(0, "no answer is found by any of [boxed]."),
            response -> response.text().contains("\\boxed{")));
    register(Objective.class, "idle", new Idle(true));
    register(Objective.class, "frozen", new Idle(false));
  }

  @AfterEach
  void unregister() {
    registered.forEach(ServiceRegistration::unregister);
  }

  private <S> void register(Class<S> type, String name, S service) {
    registered.add(
        context.registerService(
            type, service, FrameworkUtil.asDictionary(Map.of("lanpo.name", name))));
  }

  private static Verdict byChance(String text) {
    return new Verdict.Scored(text.hashCode() & 1, "by chance");
  }

  private Verifier verifier(Function<String, Verdict> judge) {
    return verifier(judge, response -> true);
  }

  /** Judges as is said, but for gold answers. */
  private Verifier verifier(Function<String, Verdict> judge, Predicate<Response> answers) {
    return new Verifier() {
      @Override
      public Verdict verify(Problem problem, Response response) {
        return response.equals(goldResponse(problem))
            ? exact.verify(problem, response)
            : judge.apply(response.text());
      }

      @Override
      public Response goldResponse(Problem problem) {
        return exact.goldResponse(problem);
      }

      @Override
      public Optional<String> answer(Response response) {
        return Optional.of(response).filter(answers).map(Response::text);
      }
    };
  }

  /** An objective that makes nothing of rewards, be it meant to or not. */
  private record Idle(boolean learns) implements Objective, Objective.Learning {
    @Override
    public Objective.Learning open(Settings settings) {
      return this;
    }

    @Override
    public List<double[]> advantages(List<JudgedGroup> groups) {
      return groups.stream()
          .map(g -> g.completions().stream().mapToDouble(c -> c.reward().orElse(0)).toArray())
          .toList();
    }

    @Override
    public Updates updates(JudgedStep step, Means means) {
      return new Updates(step.number(), List.of(), true, Map.of());
    }
  }

  private RunSummary run(String set) throws InterruptedException {
    Map<String, String> settings = new HashMap<>(SMALL);
    for (String one : set.split(" ")) {
      settings.put(one.substring(0, one.indexOf('=')), one.substring(one.indexOf('=') + 1));
    }
    if (OWN.contains(settings.getOrDefault("objective", ""))) {
      settings.keySet().removeIf(key -> key.startsWith("objective."));
    }
    RunSummary run = training.start("micro-smoke", settings, progress -> {}).await();
    assertEquals(RunState.FINISHED, run.state(), run.message());
    return run;
  }

  private static Optional<Finding> finding(RunSummary run, String kind) {
    return run.health().orElseThrow().findings().stream()
        .filter(f -> f.kind().equals(kind))
        .findFirst();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "sampling.max-tokens=2, cut-off, sampling.max-tokens",
    "sampling.max-tokens=2 objective.replay=4, cut-off, sampling.max-tokens",
    "sampling.max-tokens=2 objective=dapo, cut-off, sampling.max-tokens",
    "sampling.max-tokens=2 verifier=none-right, no-reviews, sampling.max-tokens",
    "verifier=elsewhere, no-answer, verifier",
    "verifier=abstains, unscored, verifier",
    "verifier=breaks, unscored, verifier",
    "verifier=form, form-alone, verifier",
    "verifier=form algorithm=grpo objective=reinforce++, form-alone, verifier",
    "verifier=none-right, too-hard, task",
    "verifier=none-right objective=rloo algorithm=grpo, too-hard, task",
    "verifier=all-right, too-easy, task",
    "verifier=all-right objective=reinforce++, too-easy, task",
    "verifier=all-right sampling.temperature=0.01, no-variance, sampling.temperature",
    "verifier=by-chance optimizer.learning-rate=0, learning-rate-zero, optimizer.learning-rate",
    "verifier=elsewhere sampling.temperature=0.01, no-answer, verifier",
    "verifier=by-chance optimizer.learning-rate=0 algorithm=grpo, learning-rate-zero,"
        + " optimizer.learning-rate",
    "verifier=by-chance objective=idle, no-update, objective",
    "verifier=by-chance objective=frozen, not-meant-to-learn, objective",
    "verifier=none-right distil.enabled=false, no-lessons, distil.enabled"
  })
  void aRunThatCannotLearnSaysWhy(String set, String kind, String setting) throws Exception {
    RunSummary run = run(set);
    assertFalse(run.health().orElseThrow().learned());
    assertEquals(
        setting,
        finding(run, kind).map(Finding::setting).orElse("not found"),
        run.health().toString());
  }

  /** What is no obstacle to learning is said all the same. */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "feedback.floor=1, no-lessons, feedback.floor",
    "distil.enabled=false, no-lessons, distil.enabled",
    "sampling.max-review-tokens=2, reviews-cut-off, sampling.max-review-tokens"
  })
  void whatARunLacksIsSaid(String set, String kind, String setting) throws Exception {
    RunSummary run = run("verifier=by-chance " + set);
    assertTrue(run.health().orElseThrow().learned());
    assertEquals(
        setting,
        finding(run, kind).map(Finding::setting).orElse("not found"),
        run.health().toString());
  }

  @Test
  void aRunThatLearnsSaysNothing() throws Exception {
    RunSummary run = run("verifier=by-chance steps=6");
    assertEquals(new RunHealth(true, List.of()), run.health().orElseThrow());
  }

  @Test
  void anEvaluationSaysWhatKeepsItFromTelling() throws Exception {
    RunSummary run = run("verifier=by-chance");
    EvaluationRequest request =
        new EvaluationRequest(
            run.id(),
            "",
            "",
            "",
            Map.of("sampling.max-tokens", "2"),
            ProblemPart.HELD_OUT,
            4,
            List.of(EvaluationMode.ZERO_SHOT),
            2,
            1,
            false);
    assertEquals(
        List.of("cut-off"),
        training.evaluate(request, progress -> {}).findings().stream().map(Finding::kind).toList());
  }
}
