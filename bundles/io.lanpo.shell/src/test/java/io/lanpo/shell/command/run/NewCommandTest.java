package io.lanpo.shell.command.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lanpo.api.bench.MachineLimits;
import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.PolicyBackend;
import io.lanpo.api.policy.PolicyBackend.ModelFacts;
import io.lanpo.api.policy.Tokenizer;
import io.lanpo.api.preview.DataInspector;
import io.lanpo.api.preview.DataReport;
import io.lanpo.api.preview.DataReport.Candidates;
import io.lanpo.api.preview.DataReport.Field;
import io.lanpo.api.preview.DataReport.Kind;
import io.lanpo.api.preview.Lengths;
import io.lanpo.api.preview.MemoryPreview;
import io.lanpo.api.preview.ModelPreview;
import io.lanpo.api.preview.RunPreviews;
import io.lanpo.api.preview.TaskPreview;
import io.lanpo.api.train.TrainingService;
import io.lanpo.shell.command.CommandHarness;
import io.lanpo.shell.command.FakeTrainingService;
import io.lanpo.shell.terminal.Keyboard;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewCommandTest {
  private static final Map<String, String> RECIPE =
      Map.of(
          "policy", "fake",
          "steps", "100",
          "problems", "8",
          "group-size", "8",
          "sampling.max-tokens", "1024",
          "sampling.max-review-tokens", "1536",
          "evaluation.every", "10",
          "evaluation.problems", "64",
          "evaluation.final-problems", "256");

  @TempDir private Path folder;
  private final CommandHarness lanpo = new CommandHarness();
  private final Previews previews = new Previews();
  private DataReport data =
      report(Kind.NUMBER, 1, new Candidates(List.of("question"), true), "", 0);

  @BeforeEach
  void services() {
    FakeTrainingService training = new FakeTrainingService();
    training.values = RECIPE;
    lanpo.home = folder;
    lanpo
        .with(TrainingService.class, training)
        .with(RunPreviews.class, previews)
        .with(DataInspector.class, (file, layout) -> data)
        .with(PolicyBackend.class, "fake", new Backend())
        .with(MachineLimits.class, "fake", settings -> new MachineLimits.Limits(300, 20));
  }

  private static DataReport report(
      Kind answers, double uniform, Candidates question, String keyFields, int unnamed) {
    return new DataReport(
        "csv",
        50,
        List.of(
            new Field("question", Kind.LONG_TEXT, 50, 100, "How many …"),
            new Field("answer", answers, 50, 2, "42")),
        "none",
        question,
        new Candidates(List.of(keyFields.isEmpty() ? "answer" : "tests"), true),
        answers,
        uniform,
        keyFields,
        unnamed,
        50,
        List.of());
  }

  private int draft(String... more) {
    List<String> words =
        new ArrayList<>(List.of("new", "mine", "--model", "model", "--data", "own.csv"));
    words.addAll(List.of(more));
    return lanpo.run(words.toArray(String[]::new));
  }

  private Properties written() throws IOException {
    Properties values = new Properties();
    try (Reader in = Files.newBufferedReader(file())) {
      values.load(in);
    }
    return values;
  }

  private Path file() {
    return folder.resolve("configs/io.lanpo.run~mine.cfg");
  }

  @Test
  void aFileIsWrittenWithAReasonAboveEachValue() throws IOException {
    assertEquals(0, draft(), lanpo.err());
    Properties values = written();
    assertEquals("math", values.getProperty("extends"));
    assertEquals("question", values.getProperty("task.problem-field"));
    assertEquals("0.3", values.getProperty("task.held-out-share"));
    assertEquals("2e-6", values.getProperty("optimizer.learning-rate"));
    List<String> lines = Files.readAllLines(file());
    for (int i = 0; i < lines.size(); i++) {
      boolean value =
          lines.get(i).matches("[a-z.-]+ =.*") && !lines.get(i).startsWith("description");
      assertTrue(!value || lines.get(i - 1).startsWith("# ") || lines.get(i).startsWith("extends"));
    }
    assertTrue(lanpo.out().contains("lanpo eval --run mine"), lanpo.out());
    assertTrue(lanpo.out().contains("lanpo train mine --set steps=2"), lanpo.out());
    assertEquals(0, lanpo.held.get());
  }

  @Test
  void theDocumentHasTheCommandsWithTheirCosts() {
    assertEquals(0, draft("--json"), lanpo.err());
    JsonObject document = JsonParser.parseString(lanpo.out()).getAsJsonObject();
    assertEquals(3, document.getAsJsonArray("commands").size());
    JsonObject run = document.getAsJsonArray("commands").get(2).getAsJsonObject();
    assertEquals("lanpo train mine", run.get("command").getAsString());
    assertTrue(run.get("seconds").getAsDouble() > 60, run.toString());
    assertEquals(file().toString(), document.get("file").getAsString());
  }

  @Test
  void anExistingFileIsReplacedOnlyWhenTold() throws IOException {
    assertEquals(0, draft(), lanpo.err());
    String edited = Files.readString(file()).replaceAll("(?m)^steps = .*", "steps = 1");
    Files.writeString(file(), edited);
    assertEquals(1, draft("--yes"));
    assertTrue(lanpo.err().contains("--overwrite"), lanpo.err());
    assertEquals(edited, Files.readString(file()));
    type("no\n");
    assertEquals(1, draft());
    assertEquals(edited, Files.readString(file()));
    type("yes\n");
    assertEquals(0, draft(), lanpo.err());
    assertEquals("88", written().getProperty("steps"));
    assertEquals(0, draft("--overwrite", "--yes"), lanpo.err());
  }

  @Test
  void whatIsNoDraftIsNotReplacedAtAll() throws IOException {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), "steps = 1\n");
    assertEquals(1, draft("--overwrite"));
    assertTrue(lanpo.err().contains("was not drafted by 'lanpo new'"), lanpo.err());
    assertEquals("steps = 1\n", Files.readString(file()));
  }

  private void type(String keys) {
    lanpo.keyboard = Keyboard.of(new ByteArrayInputStream(keys.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void whatIsNotClearIsAskedOrRefusedWithItsOption() throws IOException {
    data =
        report(Kind.SHORT_TEXT, 0.6, new Candidates(List.of("question", "prompt"), false), "", 0);
    assertEquals(1, draft());
    assertTrue(lanpo.err().contains("--task"), lanpo.err());
    assertEquals(1, draft("--task", "qa"));
    assertTrue(lanpo.err().contains("--problem-field"), lanpo.err());
    assertFalse(Files.exists(file()));
    type("qa\nprompt\n");
    assertEquals(0, draft(), lanpo.err());
    assertEquals("qa", written().getProperty("extends"));
    assertEquals("prompt", written().getProperty("task.problem-field"));
  }

  @Test
  void programsAreToldWhatIsCalledWhereTheWordingDoesNotSay() throws IOException {
    data =
        report(
            Kind.TESTS,
            1,
            new Candidates(List.of("problem"), true),
            "tests | solution | prompt=problem",
            12);
    assertEquals(0, draft(), lanpo.err());
    assertEquals("code", written().getProperty("extends"));
    assertEquals("tests | solution | prompt=problem", written().getProperty("task.key-fields"));
    assertTrue(written().getProperty("task.shown-fields").equals("tests.0"), written().toString());
  }

  @Test
  void adaptersLearnWhereMemoryIsShort() throws IOException {
    previews.available = 5L << 30;
    assertEquals(0, draft(), lanpo.err());
    assertEquals("16", written().getProperty("policy.lora.rank"));
    assertEquals("2e-5", written().getProperty("optimizer.learning-rate"));
  }

  @Test
  void whatCannotBeTrainedWithIsRefused() {
    previews.template = false;
    assertEquals(1, draft());
    assertTrue(lanpo.err().contains("chat template"), lanpo.err());
    previews.template = true;
    previews.training = 0;
    assertEquals(1, draft());
    assertTrue(lanpo.err().contains("no gold answer"), lanpo.err());
    assertEquals(1, draft("--answer-field", "reply"));
    assertTrue(lanpo.err().contains("question (long texts), answer (numbers)"), lanpo.err());
    assertFalse(Files.exists(file()));
  }

  @Test
  void aNameIsAWord() {
    assertEquals(2, lanpo.run("new", "../x", "--model", "m", "--data", "d.csv"));
    assertTrue(lanpo.err().contains("../x"), lanpo.err());
    assertEquals(2, draft("--task", "poetry"));
    assertTrue(lanpo.err().contains("math"), lanpo.err());
  }

  /** Checks whose outcomes a test can set. */
  private static final class Previews implements RunPreviews {
    private boolean template = true;
    private int training = 35;
    private long available = 32L << 30;

    @Override
    public ModelPreview model(String configuration, Map<String, String> values) {
      return new ModelPreview(
          new ModelFacts("qwen2", 500_000_000, 32768, "bf16"), 151_665, template, true, false);
    }

    @Override
    public TaskPreview task(
        String configuration, Map<String, String> values, List<String> solutions) {
      return new TaskPreview(
          training,
          15,
          50 - 15 - training,
          training == 0 ? List.of("own.csv:1 (answer x: no number)") : List.of(),
          0,
          0,
          "",
          new Lengths(80, 120, 150),
          Lengths.NONE);
    }

    @Override
    public MemoryPreview memory(String configuration, Map<String, String> values) {
      Map<String, String> smaller = new HashMap<>(values);
      smaller.keySet().retainAll(List.of("policy.lora.rank"));
      return new MemoryPreview(
          (smaller.isEmpty() ? 10L : 3L) << 30, available, List.of(), List.of());
    }
  }

  /** A backend that is only asked for its settings. */
  private static final class Backend implements PolicyBackend {
    @Override
    public List<Setting<?>> settings() {
      return List.of(Setting.integer("workers", 1, 1, 64, "threads", "Threads."));
    }

    @Override
    public Policy create(Settings settings, Tokenizer tokenizer, long seed) {
      throw new IllegalStateException("nothing is made");
    }

    @Override
    public Policy open(Path checkpoint, Settings settings) {
      throw new IllegalStateException("nothing is opened");
    }
  }
}
