package io.lanpo.engine.run.preview;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.Choice;
import io.lanpo.api.preview.Lengths;
import io.lanpo.api.preview.MemoryPreview;
import io.lanpo.api.preview.ModelPreview;
import io.lanpo.api.preview.TaskPreview;
import io.lanpo.api.reward.Response;
import io.lanpo.api.reward.Verdict;
import io.lanpo.api.reward.Verifier;
import io.lanpo.api.task.Problem;
import io.lanpo.engine.fixture.FakePlatform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunPreviewerTest {
  @TempDir private Path home;
  private FakePlatform platform;
  private Map<String, String> values;

  @BeforeEach
  void aPlatform() throws IOException {
    platform = new FakePlatform(home);
    values = Map.of("model", home.toString());
  }

  @Test
  void theModelIsDescribedAndItsTemplateAsked() {
    ModelPreview model = platform.previewer().model("small", values);
    assertEquals("fake", model.facts().family());
    assertTrue(model.template());
    assertTrue(model.systemTurn());
  }

  @Test
  void aModelMayBeAFile() throws IOException {
    Path file = Files.createFile(home.resolve("small.gguf"));
    Map<String, String> one = Map.of("model", file.toString());
    assertEquals("fake", platform.previewer().model("small", one).facts().family());
    assertEquals(3, platform.previewer().task("small", one, List.of()).training());
    assertTrue(platform.previewer().memory("small", one).fits());
  }

  @Test
  void promptsAreMeasuredAsTheChatTemplateLaysThemOut() {
    Lengths plain = platform.previewer().task("small", values, List.of()).prompts();
    Map<String, String> longer = new HashMap<>(values);
    longer.put("policy.chat.front", "think about it");
    Lengths laidOut = platform.previewer().task("small", longer, List.of()).prompts();
    assertEquals(new Lengths(plain.median() + 3, plain.most95() + 3, plain.longest() + 3), laidOut);
  }

  @Test
  void aModelThatIsNotThereIsRefused() {
    Map<String, String> missing = Map.of("model", home.resolve("missing").toString());
    UserException refusal =
        assertThrows(UserException.class, () -> platform.previewer().model("small", missing));
    assertTrue(refusal.getMessage().contains("missing"), refusal.getMessage());
  }

  @Test
  void theProblemsAreCountedAndTheirPromptsMeasured() {
    TaskPreview task = platform.previewer().task("small", values, List.of("a b c", "a b c d e"));
    assertEquals(3, task.training());
    assertEquals(3, task.heldOut());
    assertEquals(0, task.refused());
    assertEquals(new Lengths(5, 5, 5), task.solutions());
    assertTrue(task.prompts().longest() >= task.prompts().median());
    assertTrue(task.prompts().median() > 0, task.prompts().toString());
  }

  @Test
  void problemsWhoseGoldAnswerIsRefusedAreToldAndNotThrown() throws IOException {
    platform.components().with(Verifier.class, "strict", new Strict());
    platform.configure("strict", "extends = small\nverifier = strict\n");
    TaskPreview task = platform.previewer().task("strict", values, List.of());
    assertEquals(0, task.training());
    assertEquals(6, task.refused());
    assertEquals(3, task.refusals().size());
    assertEquals(Lengths.NONE, task.solutions());
  }

  @Test
  void theMemoryIsEstimatedAndNothingIsLeftBehind() {
    MemoryPreview memory = platform.previewer().memory("small", values);
    assertTrue(memory.fits());
    assertEquals(
        List.of(new Choice("policy.speed", "fast", "fast: so it was measured")), memory.choices());
    assertFalse(Files.exists(home.resolve("runs")));
    Path previews = home.resolve("var/previews");
    assertTrue(!Files.exists(previews) || previews.toFile().list().length == 0);
    assertEquals(List.of(), platform.backend().opened());
  }

  /** Accepts nothing. */
  private static final class Strict implements Verifier {
    @Override
    public Verdict verify(Problem problem, Response response) {
      return new Verdict.Scored(0, "never");
    }

    @Override
    public Response goldResponse(Problem problem) {
      return new Response(problem.key().text(), true);
    }
  }
}
