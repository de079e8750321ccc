package io.lanpo.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.metrics.MetricsSink.Recording;
import io.lanpo.api.metrics.RecordedEvaluation;
import io.lanpo.api.metrics.RecordedRun;
import io.lanpo.api.metrics.RecordedStep;
import io.lanpo.api.metrics.TextSample;
import io.lanpo.api.train.EvaluationMode;
import io.lanpo.api.train.RunState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the event file; its form is tested where it is written, and by TensorBoard itself. */
class TensorBoardSinkTest {
  @TempDir Path folder;

  private Recording open(int step) {
    return new TensorBoardSink()
        .open(
            new RecordedRun(
                "r", "micro", folder, Instant.EPOCH, Map.of("seed", "7"), Map.of(), step));
  }

  private static RecordedEvaluation evaluation(int step, String text) {
    return new RecordedEvaluation(
        step,
        1,
        true,
        Map.of(),
        List.of(
            new TextSample(EvaluationMode.ZERO_SHOT, "p1", "what?", text, OptionalDouble.of(0.5)),
            new TextSample(EvaluationMode.REFLECT, "p1", "what?", text, OptionalDouble.empty())));
  }

  private String events() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> events = files.toList();
      assertEquals(1, events.size(), events.toString());
      return Files.readString(events.get(0), StandardCharsets.ISO_8859_1);
    }
  }

  private List<String> tags() throws Exception {
    Matcher tags = Pattern.compile("reward/[a-z]+|evaluation/[a-z/-]+p1").matcher(events());
    return tags.results().map(r -> r.group()).toList();
  }

  /** Scalars are told again; texts are not, and stay, but for those that come again. */
  @Test
  void aRunThatGoesOnHasEachStepAndTextOnce() throws Exception {
    try (Recording recording = open(0)) {
      recording.evaluated(evaluation(0, "first"));
      recording.evaluated(evaluation(0, "first"));
      recording.step(new RecordedStep(1, 1, Map.of("reward.first", 0.5)));
      recording.step(new RecordedStep(2, 2, Map.of("reward.discarded", 0.5)));
      recording.evaluated(evaluation(2, "discarded"));
    }
    String before = events();
    assertTrue(before.contains("discarded"));
    try (Recording recording = open(1)) {
      assertEquals(0, recording.last());
      recording.step(new RecordedStep(1, 1, Map.of("reward.first", 0.5)));
      recording.step(new RecordedStep(2, 2, Map.of("reward.again", 0.5)));
      recording.ended(RunState.FINISHED, 2, "");
    }
    assertEquals(
        List.of("evaluation/zero-shot/p1", "evaluation/reflect/p1", "reward/first", "reward/again"),
        tags());
    assertTrue(
        events().contains("Reward: 0.5\n\nPrompt:\n\n    what?\n\nCompletion:\n\n    first"));
    assertTrue(events().contains("Reward: none\n"));
    assertFalse(events().contains("discarded"));
  }

  @Test
  void whatIsLeftOfADamagedFileIsKept() throws Exception {
    try (Recording recording = open(0)) {
      recording.evaluated(evaluation(0, "kept"));
      recording.step(new RecordedStep(1, 1, Map.of("reward.first", 0.5)));
    }
    try (Stream<Path> files = Files.list(folder)) {
      Path file = files.findFirst().orElseThrow();
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length - 3] ^= 1;
      Files.write(file, bytes);
    }
    open(1).close();
    assertEquals(List.of("evaluation/zero-shot/p1", "evaluation/reflect/p1"), tags());
  }

  @Test
  void settingsAreHyperparametersAndTheEndIsSaidUnlessItWasAStop() throws Exception {
    try (Recording recording = open(0)) {
      recording.ended(RunState.STOPPED, 1, "stopped on request");
    }
    assertTrue(events().contains("_hparams_/session_start_info"));
    assertTrue(events().contains("seed"));
    assertFalse(events().contains("_hparams_/session_end_info"));
    try (Recording recording = open(1)) {
      recording.ended(RunState.FAILED, 1, "oh");
    }
    assertTrue(events().contains("_hparams_/session_end_info"));
  }
}
