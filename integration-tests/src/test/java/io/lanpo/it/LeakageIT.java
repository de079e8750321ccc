package io.lanpo.it;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.lanpo.api.component.Settings;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.pool.ExperiencePool;
import io.lanpo.api.pool.PoolStore;
import io.lanpo.api.pool.StoredLesson;
import io.lanpo.api.task.TaskSource;
import io.lanpo.api.train.RunState;
import io.lanpo.api.train.RunSummary;
import io.lanpo.api.train.TrainingService;
import io.lanpo.it.paxexam.OsgiService;
import io.lanpo.it.paxexam.PaxExamExtension;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What the prompts of a real run contain: no verdict, no answer, no lesson from the problem itself.
 */
@ExtendWith(PaxExamExtension.class)
@Timeout(600)
final class LeakageIT {
  private static @Nullable RunSummary shared;

  @OsgiService TrainingService training;

  @OsgiService(filter = "(lanpo.name=micro-world)")
  TaskSource tasks;

  @OsgiService(filter = "(lanpo.name=chronicle)")
  PoolStore pools;

  private RunSummary run;
  private RunFiles files;

  @BeforeEach
  void train() throws Exception {
    RunSummary trained = shared;
    if (trained == null) {
      trained = SmallRun.run(training, progress -> {}, "steps", "12", "problems", "8");
      shared = trained;
    }
    run = trained;
    files = RunFiles.of(run);
    assertEquals(RunState.FINISHED, run.state());
  }

  @Test
  void aReviewSeesTheQuestionAndAnAttemptOfTheSameStepAndNothingElse() throws Exception {
    Map<String, Set<String>> attempts = new HashMap<>();
    for (JsonObject line : files.rollouts("scratch")) {
      attempts.computeIfAbsent(place(line), p -> new HashSet<>()).add(text(line, "text"));
    }
    List<JsonObject> reviews = files.rollouts("reflect");
    assertFalse(reviews.isEmpty());
    for (JsonObject review : reviews) {
      String prompt = text(review, "prompt");
      String before = "problem : " + text(review, "question") + " attempt : ";
      String after = " review :";
      assertTrue(prompt.startsWith(before) && prompt.endsWith(after), prompt);
      String shown = prompt.substring(before.length(), prompt.length() - after.length());
      assertTrue(attempts.getOrDefault(place(review), Set.of()).contains(shown), prompt);
    }
  }

  /** Independent of the words in which a strategy asks. */
  @Test
  void aReviewSeesNoVerdictAndNoAnswerUnlessTheAttemptItselfHasThem() throws Exception {
    Map<String, String> answers = answers();
    Map<String, Set<String>> known = new HashMap<>();
    for (JsonObject line : files.rollouts("scratch")) {
      Set<String> texts = known.computeIfAbsent(place(line), p -> new HashSet<>());
      texts.add(text(line, "text"));
      texts.add(text(line, "question"));
    }
    int withoutAnswer = 0;
    for (JsonObject review : files.rollouts("reflect")) {
      String prompt = text(review, "prompt");
      Set<String> own = known.getOrDefault(place(review), Set.of());
      String answer = answers.get(text(review, "problem"));
      assertAll(
          () -> assertFalse(prompt.contains(text(review, "explanation")), prompt),
          () -> assertOnlyFrom(own, " right_ ", prompt),
          () -> assertOnlyFrom(own, " wrong ", prompt),
          () -> assertOnlyFrom(own, " " + answer + " ", prompt));
      withoutAnswer += prompt.contains(" " + answer + " ") ? 0 : 1;
    }
    assertTrue(withoutAnswer > 0, "every attempt had the answer: nothing could have leaked");
  }

  @Test
  void aLessonComesFromAnotherProblemAndAnEarlierStep() throws Exception {
    Map<String, StoredLesson> lessons;
    try (ExperiencePool pool =
        pools.open(run.folder().resolve("pool"), Settings.defaults(pools.settings()))) {
      lessons = pool.lessons().stream().collect(Collectors.toMap(l -> l.lesson().id(), l -> l));
    }
    List<JsonObject> prompts = files.rollouts("abstract");
    assertFalse(prompts.isEmpty());
    for (JsonObject line : prompts) {
      String prompt = text(line, "prompt");
      String rest = "problem : " + text(line, "question") + " solution :";
      assertEquals(1, line.getAsJsonArray("lessons").size());
      var stored = lessons.get(line.getAsJsonArray("lessons").get(0).getAsString());
      Lesson lesson = stored.lesson();
      assertNotEquals(text(line, "problem"), lesson.source().id());
      assertTrue(stored.step() < line.get("step").getAsInt(), prompt);
      assertEquals(lesson.text() + " " + rest, prompt);
    }
  }

  @Test
  void theQuestionAloneIsPosedWithoutFeedback() throws Exception {
    for (JsonObject line : files.rollouts("scratch")) {
      assertEquals("problem : " + text(line, "question") + " solution :", text(line, "prompt"));
    }
  }

  /** What must not be there may be in the question or an attempt, since the policy wrote it. */
  private static void assertOnlyFrom(Set<String> own, String words, String prompt) {
    assertTrue(
        !prompt.contains(words)
            || own.stream().anyMatch(o -> (" " + o + " ").contains(words) && prompt.contains(o)),
        prompt);
  }

  private Map<String, String> answers() {
    Map<String, String> own =
        run.settings().entrySet().stream()
            .filter(e -> e.getKey().startsWith("task."))
            .collect(
                Collectors.toMap(e -> e.getKey().substring("task.".length()), Map.Entry::getValue));
    Settings settings = Settings.of("run.json", tasks.settings(), own);
    return tasks.open(settings, Long.parseLong(run.settings().get("seed"))).training().stream()
        .collect(Collectors.toMap(p -> p.question().id(), p -> p.key().text()));
  }

  private static String place(JsonObject line) {
    return line.get("step") + " " + text(line, "problem");
  }

  private static String text(JsonObject line, String member) {
    return line.get(member).getAsString();
  }
}
