package io.lanpo.engine.run.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which steps are in the event files; the format itself is tested where it is written. */
class TensorBoardLogTest {
  @TempDir Path folder;

  private Path metrics(String text) throws Exception {
    return Files.writeString(folder.resolve("metrics.jsonl"), text);
  }

  @Test
  void aRunThatIsTakenUpHasEachStepOnceAndDamagedLinesCostTheirStep() throws Exception {
    Path metrics = folder.resolve("metrics.jsonl");
    try (TensorBoardLog events = TensorBoardLog.open(folder, metrics)) {
      events.append(Map.of("step", 1, "reward.first", 0.5));
      events.append(Map.of("step", 2, "reward.discarded", 0.5));
    }
    assertEquals(List.of("reward/first", "reward/discarded"), tags());
    metrics(
        "{\"step\":1,\"reward.first\":0.5,\"timing\":{\"at\":1.5,\"pool\":2}}\n{\"step\":2,\"rew\n\n[]\n7\n{\"s");
    try (TensorBoardLog events = TensorBoardLog.open(folder, metrics)) {
      events.append(Map.of("step", 2, "reward.again", 0.5, "timing", Map.of("at", 2.5)));
    }
    assertEquals(List.of("reward/first", "timing/pool", "reward/again"), tags());
  }

  private List<String> tags() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> events =
          files.filter(f -> f.getFileName().toString().contains("tfevents")).toList();
      assertEquals(1, events.size(), events.toString());
      String text = Files.readString(events.get(0), StandardCharsets.ISO_8859_1);
      assertTrue(text.contains("brain.Event:2"));
      Matcher tags = Pattern.compile("[a-z]+/[a-z]+").matcher(text);
      return tags.results().map(r -> r.group()).toList();
    }
  }
}
