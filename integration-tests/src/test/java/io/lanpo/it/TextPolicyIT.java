package io.lanpo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lanpo.api.component.ComponentCatalogue;
import io.lanpo.api.component.ComponentState;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.feedback.AbstractionStrategy;
import io.lanpo.api.feedback.Attempt;
import io.lanpo.api.feedback.JudgedAttempt;
import io.lanpo.api.policy.PolicyBackend;
import io.lanpo.api.task.Question;
import io.lanpo.api.train.EvaluationMode;
import io.lanpo.api.train.EvaluationRequest;
import io.lanpo.api.train.ProblemPart;
import io.lanpo.api.train.RunState;
import io.lanpo.api.train.RunSummary;
import io.lanpo.api.train.TrainingService;
import io.lanpo.it.paxexam.OsgiService;
import io.lanpo.it.paxexam.PaxExamExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs with a second policy for text: behind a server in vLLM's form whose answers a real policy
 * writes, and beside the first one in the same process. That policy is the one that the runs begin
 * with.
 */
@ExtendWith(PaxExamExtension.class)
@Timeout(600)
final class TextPolicyIT {
  private static final int STEPS = 4;

  private static @Nullable RunSummary begun;
  private static @Nullable RunSummary alone;

  @OsgiService TrainingService training;
  @OsgiService ComponentCatalogue catalogue;

  @OsgiService(filter = "(lanpo.name=djl)")
  PolicyBackend local;

  @OsgiService(filter = "(lanpo.name=micro-any)")
  AbstractionStrategy abstraction;

  private Path model;

  /** The policy that all runs begin with, and a run without a second one. */
  @BeforeEach
  void begin() throws Exception {
    if (alone == null) {
      begun = run("steps", "0");
      alone = run();
    }
    model = begun.folder().resolve("checkpoints/step-000000");
  }

  @Test
  void lessonsAreWrittenByTheServer() throws Exception {
    try (TextServer server = server()) {
      RunSummary run = run(with(server, "text-for", "distilling"));
      assertEquals(RunState.FINISHED, run.state(), run.message());
      assertAskedFor(attemptsToDistil(run), server);
      List<String> written =
          server.answers().stream()
              .filter(TextServer.Answer::finished)
              .flatMap(answer -> abstraction.lesson(answer.text()).stream())
              .sorted() // several are asked for at a time
              .toList();
      assertFalse(written.isEmpty());
      List<JsonObject> lessons = lines(run, "lessons.jsonl");
      assertEquals(
          written, lessons.stream().map(l -> l.get("text").getAsString()).sorted().toList());
      assertEquals(
          Set.of("openai:" + TextServer.MODEL),
          lessons.stream().map(l -> l.get("by").getAsString()).collect(Collectors.toSet()));
      // all tokens of lessons are the server's: the policy under training wrote none
      assertEquals(server.tokens(), sum(run, "generated.lessons"));

      // who writes the lessons changes nothing before the first of them is shown
      assertEquals(firstStep(alone), firstStep(run));
      assertTrue(lines(alone, "lessons.jsonl").stream().noneMatch(l -> l.has("by")));
      assertEquals("io.lanpo.policy.openai", RunFiles.of(run).bundle("text"));
      assertFalse(RunFiles.of(alone).manifest().getAsJsonObject("components").has("text"));
      assertEquals(server.url(), run.settings().get("text.url"));
      assertTrue(alone.settings().keySet().stream().noneMatch(k -> k.startsWith("text.")));
    }
  }

  @Test
  void onlyASecondPolicyThatIsAskedChangesARun() throws Exception {
    try (TextServer server = server()) {
      RunSummary run = run(with(server, "text-for", "judging"));
      assertEquals(0, server.prompts(), "the filter lexical asks nobody");
      RunFiles.assertSame(alone, run);
    }
  }

  @Test
  @Tag("full")
  void theFilterIsAnsweredByTheServer() throws Exception {
    AtomicInteger prompts = new AtomicInteger();
    AtomicLong tokens = new AtomicLong();
    RunSummary run;
    try (TextServer server = server()) {
      run =
          SmallRun.run(
              training,
              SmallRun.atStep(
                  STEPS,
                  id -> {
                    prompts.set(server.prompts());
                    tokens.set(server.tokens());
                  }),
              settings(
                  with(
                      server,
                      "text-for",
                      "judging",
                      "similarity",
                      "judge-micro",
                      "feedback.floor",
                      "0")));
      assertEquals(RunState.FINISHED, run.state(), run.message());
      assertTrue(prompts.get() > 0, "nobody was asked");
      assertEquals(sum(run, "similarity.asked"), prompts.get());
      assertEquals(sum(run, "generated.judging"), tokens.get());
      assertTrue(lines(run, "lessons.jsonl").stream().noneMatch(l -> l.has("by")));
      assertTrue(sum(run, "generated.lessons") > 0);

      int before = server.prompts();
      training.evaluate(evaluation(run, EvaluationMode.RETRIEVE), progress -> {});
      assertTrue(server.prompts() > before, "an evaluation with lessons asks, too");
    }
    // the server is gone now, and this one needs none
    training.evaluate(evaluation(run, EvaluationMode.ZERO_SHOT), progress -> {});
    // nor does one for which it is taken away, with its settings
    training.evaluate(
        new EvaluationRequest(
            run.id(),
            "",
            "",
            "",
            Map.of("text", ""),
            ProblemPart.HELD_OUT,
            0,
            List.of(EvaluationMode.RETRIEVE),
            1,
            1,
            false),
        progress -> {});
  }

  /** The harder case: with staleness the stopped run also keeps what the second policy chose. */
  @Test
  void twoPoliciesInOneProcessRepeatAcrossStopAndResume() throws Exception {
    String[] both = {
      "text", "djl",
      "text-model", model.toString(),
      "similarity", "judge-micro",
      "feedback.floor", "0",
      "staleness", "1"
    };
    RunSummary whole = run(both);
    RunSummary stopped = SmallRun.run(training, SmallRun.atStep(2, training::stop), settings(both));
    assertEquals(RunState.STOPPED, stopped.state(), stopped.message());
    RunSummary resumed = training.resume(stopped.id(), progress -> {}).await();
    RunFiles.assertSame(whole, resumed);
    assertTrue(
        lines(whole, "lessons.jsonl").stream()
            .allMatch(l -> l.get("by").getAsString().equals("djl:micro")));
    assertTrue(
        RunFiles.of(whole)
            .manifest()
            .getAsJsonObject("memory")
            .getAsJsonArray("parts")
            .toString()
            .contains("policy for text: "),
        "the memory of the second policy is counted");
  }

  @Test
  void whatDoesNotLearnIsEvaluatedAndNotTrained() throws Exception {
    try (TextServer server = server()) {
      String[] remote = {"policy", "openai", "policy.url", server.url(), "model", model.toString()};
      UserException e =
          assertThrows(
              UserException.class,
              () -> training.start("micro-smoke", without(SmallRun.settings(remote)), p -> {}));
      assertEquals("policy = openai writes text and cannot be trained", e.getMessage());
      assertTrue(e.nextStep().contains("--set text=openai --set text-model=DIR"), e.nextStep());
      training.evaluate(
          new EvaluationRequest(
              "",
              "micro-smoke",
              "",
              model.toString(),
              without(SmallRun.settings("policy", "openai", "policy.url", server.url())),
              ProblemPart.HELD_OUT,
              0,
              List.of(EvaluationMode.ZERO_SHOT),
              1,
              1,
              true),
          progress -> {});
      assertTrue(server.prompts() > 0);
    }
  }

  @Test
  void badInputIsNamedBeforeAnythingIsWritten() throws Exception {
    int port;
    try (TextServer gone = server()) {
      port = Integer.parseInt(gone.url().replaceAll(".*:", ""));
    }
    String folder = model.toString();
    List<String> runs = runs();
    refused(
        List.of("text", "openai"),
        "text = openai, but text-model is empty",
        "--set text-model=DIR");
    refused(
        List.of("text", "openai", "text-model", folder + "-not"),
        "text-model = " + folder + "-not does not exist",
        "tokenizer");
    refused(
        List.of("text", "opnai", "text-model", folder),
        "--set: text = opnai names no installed policy backend",
        "Did you mean openai?");
    refused(
        List.of("text", "openai", "text-model", folder),
        "text = openai: text.url is empty",
        "--set text.url=http://127.0.0.1:8000");
    refused(
        List.of(
            "text",
            "openai",
            "text-model",
            folder,
            "text.retries",
            "0",
            "text.url",
            "http://127.0.0.1:" + port),
        "text = openai: the server http://127.0.0.1:" + port + " does not answer models",
        "See that it runs");
    refused(List.of("text.url", "http://127.0.0.1:1"), "--set: unknown key text.url", "");
    assertEquals(runs, runs());
  }

  @Test
  void aBackendIsListedOnceThoughItMayServeTwice() {
    List<ComponentState> named =
        catalogue.components().stream().filter(c -> c.name().equals("openai")).toList();
    assertEquals(List.of("policy"), named.stream().map(ComponentState::kind).toList());
  }

  private void refused(List<String> set, String message, String next) {
    UserException e =
        assertThrows(
            UserException.class,
            () ->
                training.start(
                    SmallRun.CONFIGURATION,
                    SmallRun.settings(set.toArray(String[]::new)),
                    progress -> {}));
    assertTrue(String.valueOf(e.getMessage()).startsWith(message), e.toString());
    assertTrue(e.nextStep().contains(next), e.toString());
  }

  private TextServer server() throws IOException {
    return new TextServer(local.open(model, Settings.defaults(local.settings())));
  }

  private String[] with(TextServer server, String... further) {
    List<String> all =
        new ArrayList<>(
            List.of("text", "openai", "text-model", model.toString(), "text.url", server.url()));
    all.addAll(List.of(further));
    return all.toArray(String[]::new);
  }

  /** Every attempt that may be distilled is. */
  private static String[] settings(String... further) {
    List<String> all =
        new ArrayList<>(List.of("steps", String.valueOf(STEPS), "abstraction", "micro-any"));
    all.addAll(List.of(further));
    return all.toArray(String[]::new);
  }

  private RunSummary run(String... further) throws InterruptedException {
    return SmallRun.run(training, progress -> {}, settings(further));
  }

  /** The shape of a new policy is nothing that a server is told. */
  private static Map<String, String> without(Map<String, String> settings) {
    return settings.entrySet().stream()
        .filter(e -> !e.getKey().matches("policy\\.(width|layers)"))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static EvaluationRequest evaluation(RunSummary run, EvaluationMode mode) {
    return new EvaluationRequest(run.id(), List.of(mode), 1, 1);
  }

  private List<String> runs() throws IOException {
    try (Stream<Path> folders = Files.list(begun.folder().getParent())) {
      return folders.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  /**
   * The server was asked about some of each of the groups of attempts, in the words in which the
   * strategy asks, and about nothing else. What it answers is its own: it reads one prompt at a
   * time and so rounds differently from a policy that reads all of them at once.
   */
  private void assertAskedFor(Collection<List<JudgedAttempt>> groups, TextServer server) {
    Set<List<Integer>> expected =
        groups.stream()
            .flatMap(List::stream)
            .map(attempt -> server.tokens(abstraction.distil(attempt).orElseThrow()))
            .collect(Collectors.toSet());
    for (TextServer.Answer answer : server.answers()) {
      assertTrue(expected.contains(answer.prompt()), answer.toString());
    }
    assertEquals(
        groups.stream().mapToInt(group -> Math.min(group.size(), SmallRun.LESSONS)).sum(),
        server.prompts());
  }

  /**
   * By step and group the solved and the failed attempts, where there are such: some of each are
   * distilled.
   */
  private static Collection<List<JudgedAttempt>> attemptsToDistil(RunSummary run)
      throws IOException {
    Map<String, List<JudgedAttempt>> attempts = new TreeMap<>();
    for (JsonObject line : lines(run, "rollouts.jsonl")) {
      boolean judged =
          line.get("finished").getAsBoolean()
              && line.get("verdict").getAsString().equals("scored")
              && !line.get("solution").isJsonNull()
              && !line.get("solution").getAsString().isBlank();
      if (judged) {
        boolean solved = line.get("accepted").getAsBoolean();
        Question question =
            new Question(line.get("problem").getAsString(), line.get("question").getAsString());
        attempts
            .computeIfAbsent(
                "%s %s %s".formatted(line.get("step"), line.get("group"), solved),
                place -> new ArrayList<>())
            .add(
                new JudgedAttempt(
                    new Attempt(question, line.get("solution").getAsString()), solved));
      }
    }
    return attempts.values();
  }

  private static List<String> firstStep(RunSummary run) throws IOException {
    return RunFiles.of(run).rollouts().stream().filter(l -> l.contains("\"step\":1,")).toList();
  }

  private static long sum(RunSummary run, String metric) throws IOException {
    return lines(run, "metrics.jsonl").stream().mapToLong(l -> l.get(metric).getAsLong()).sum();
  }

  private static List<JsonObject> lines(RunSummary run, String file) throws IOException {
    return Files.readAllLines(run.folder().resolve(file)).stream()
        .map(line -> JsonParser.parseString(line).getAsJsonObject())
        .toList();
  }
}
