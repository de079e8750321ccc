package io.lanpo.relative.selfdistillation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.objective.Explanation;
import io.lanpo.api.objective.JudgedCompletion;
import io.lanpo.api.objective.JudgedGroup;
import io.lanpo.api.policy.Tokenizer;
import io.lanpo.api.task.Message;
import io.lanpo.api.task.Prompt;
import io.lanpo.api.task.Question;
import io.lanpo.api.task.Task;
import io.lanpo.libs.template.Refusal;
import io.lanpo.tasks.micro.MicroWorld;
import io.lanpo.tokenizer.TokenizerFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TeacherTest {
  private static final Refusal REFUSAL = (what, next, cause) -> new UserException(what, next);
  private static final Prompt CHAT =
      new Prompt.Chat(
          List.of(
              new Message(Message.Role.SYSTEM, "Think."),
              new Message(Message.Role.USER, "What is 3 + 4?")));

  private static JudgedCompletion written(String text, boolean accepted, boolean finished) {
    return new JudgedCompletion(
        FeedbackMode.SCRATCH,
        List.of(),
        new int[] {1},
        new int[] {2},
        new float[] {-1},
        finished,
        Optional.of(text),
        OptionalDouble.of(accepted ? 1 : 0),
        accepted,
        new Explanation("it says " + text));
  }

  private static JudgedGroup group(Prompt prompt, JudgedCompletion... completions) {
    return new JudgedGroup(new Question("q", "q ?"), prompt, List.of(completions));
  }

  private static Optional<String> read(Feedback feedback, JudgedGroup group, int index) {
    return Teacher.of(
            feedback,
            Teacher.ALL,
            "{{#siblings}}{{text}} | {{/siblings}}{{#explanations}}{{text}} | {{/explanations}}{{prompt}}",
            REFUSAL)
        .prompt(group, index)
        .map(Prompt::text);
  }

  @Test
  void thoseOfAGroupReadDifferentSiblingsAndNeverThemselves() {
    JudgedGroup group =
        group(
            new Prompt.Plain("q"),
            written("first", true, true),
            written("wrong", false, true),
            written("cut", true, false),
            written("last", true, true));
    assertEquals(
        List.of("last | q", "last | q", "last | q", "first | q"),
        Stream.of(0, 1, 2, 3).map(i -> read(Feedback.SIBLING, group, i).orElseThrow()).toList());
    JudgedGroup alone = group(new Prompt.Plain("q"), written("right", true, true));
    assertEquals(Optional.empty(), read(Feedback.SIBLING, alone, 0));
    assertEquals(Optional.of("it says right | q"), read(Feedback.BOTH, alone, 0));
  }

  @Test
  void feedbackIsWhatItWasAskedFor() {
    JudgedGroup group =
        group(new Prompt.Plain("q"), written("7", true, true), written("8", false, true));
    assertEquals(Optional.of("7 | q"), read(Feedback.SIBLING, group, 1));
    assertEquals(Optional.of("it says 8 | q"), read(Feedback.EXPLANATION, group, 1));
    assertEquals(Optional.of("7 | it says 8 | q"), read(Feedback.BOTH, group, 1));
  }

  @Test
  void inAChatTheLastTurnHasTheFeedback() {
    Prompt.Chat informed =
        (Prompt.Chat)
            Teacher.of(Feedback.SIBLING, Teacher.ALL, "", REFUSAL)
                .prompt(group(CHAT, written("8", false, true), written("It is 7.", true, true)), 0)
                .orElseThrow();
    assertEquals(2, informed.messages().size());
    assertEquals(((Prompt.Chat) CHAT).messages().get(0), informed.messages().get(0));
    Message last = informed.messages().get(1);
    assertEquals(Message.Role.USER, last.role());
    assertTrue(last.text().startsWith("What is 3 + 4?\n\n"), last.text());
    assertTrue(last.text().contains("It is 7."), last.text());
  }

  /** The policy of the micro-world knows its words only, and a principle by its place. */
  @Test
  void theMicroWorldHasTheWordsOfTheBuiltInTemplate() {
    MicroWorld world = new MicroWorld();
    Task task = world.open(Settings.defaults(world.settings()), 1);
    Question question = task.training().get(0).question();
    String solution = "zim means right then last 8 . right 8 6 8 gives 8 8 6 answer 8 8 8";
    Prompt informed =
        Teacher.of(Feedback.SIBLING, Teacher.ALL, "", REFUSAL)
            .prompt(
                new JudgedGroup(
                    question,
                    task.pose(question),
                    List.of(written("wrong", false, true), written(solution, true, true))),
                0)
            .orElseThrow();
    assertEquals(
        "principle : " + solution + " problem : " + question.text() + " solution :",
        informed.text());
    Tokenizer words = new TokenizerFactory().ofWords(task.curriculum().orElseThrow().vocabulary());
    assertEquals(informed.text(), words.decode(words.encode(informed)));
  }

  /** With the plan alone it is the very principle that the micro-world's policy has practised. */
  @Test
  void ofASiblingOnlyAPartMayBeRead() {
    JudgedGroup group =
        group(
            new Prompt.Plain("q"),
            written("wrong", false, true),
            written("no plan", true, true),
            written("zim means right then last 8 . right 8 6 8 gives 8 8 6", true, true));
    assertEquals(
        Optional.of("principle : zim means right then last 8 . q"),
        Teacher.of(Feedback.SIBLING, Pattern.compile("\\w+ means .+? \\."), "", REFUSAL)
            .prompt(group, 0)
            .map(Prompt::text));
    SelfDistillation objective = new SelfDistillation();
    Settings broken =
        Settings.of("test", objective.settings(), Map.of("sibling-part", "(unclosed"));
    UserException refused = assertThrows(UserException.class, () -> objective.open(broken));
    assertTrue(
        String.valueOf(refused.getMessage()).startsWith("sibling-part = (unclosed is no"),
        refused.getMessage());
  }

  @Test
  void aTemplateThatLeavesOutTheFeedbackIsRefused() {
    SelfDistillation objective = new SelfDistillation();
    Settings settings =
        Settings.of(
            "test",
            objective.settings(),
            Map.of("template", "{{#siblings}}{{text}}{{/siblings}}{{prompt}}", "feedback", "both"));
    UserException refused = assertThrows(UserException.class, () -> objective.open(settings));
    assertEquals("template does not refer to {{explanations}}", refused.getMessage());
  }
}
