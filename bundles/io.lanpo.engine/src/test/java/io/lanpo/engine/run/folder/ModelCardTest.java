package io.lanpo.engine.run.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.train.RunState;
import io.lanpo.engine.run.folder.ModelCard.HeldOut;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCardTest {
  @TempDir Path home;
  private Path folder;
  private Path base;

  @BeforeEach
  void folders() throws Exception {
    folder = Files.createDirectories(home.resolve("step-000004"));
    Files.writeString(folder.resolve("config.json"), "{}");
    base = Files.createDirectories(home.resolve("mine/SmallLM"));
  }

  private String card(String model, HeldOut... scores) throws Exception {
    RunRecord record =
        new RunRecord(
            RunRecord.FORMAT,
            "micro-1",
            "micro",
            Map.of(),
            new TreeMap<>(
                Map.of(
                    "model", model,
                    "task", "jsonl",
                    "task.data", home + "/data/train.jsonl | /data/second.jsonl",
                    "verifier", "math",
                    "objective", "lanpo",
                    "seed", "7",
                    "text-model", "")),
            Map.of(),
            Map.of(),
            Map.of(),
            RunState.RUNNING,
            4,
            8,
            1,
            0,
            "2026-01-31T12:00:00Z",
            "");
    new ModelCard(record, 4, Map.of("verifier", "math, b 1 (x)"), List.of(scores)).write(folder);
    return Files.readString(folder.resolve("README.md"));
  }

  private static String front(String card) {
    return card.substring(0, card.indexOf("\n---\n") + 5);
  }

  @Test
  void whatTheBaseSaysOfItselfIsPassedOn() throws Exception {
    Files.writeString(
        base.resolve("README.md"),
        """
        ---
        library_name: other
        license: apache-2.0
        license_link: "https://example.org/LICENSE"
        base_model:
        - somebody/else
        ---
        license: not this one
        """);
    Files.writeString(base.resolve("config.json"), "{\"_name_or_path\": \"org/SmallLM\"}");
    String card =
        card(
            base.toString(),
            new HeldOut("before", "zero-shot", 0.25, 0.1),
            new HeldOut("after step 2", "zero-shot", 0.5, Double.NaN));
    assertEquals(
        """
        ---
        library_name: transformers
        pipeline_tag: text-generation
        base_model: org/SmallLM
        base_model_relation: finetune
        license: apache-2.0
        license_link: "https://example.org/LICENSE"
        tags:
        - lanpo
        - reinforcement-learning
        - "lanpo"
        model-index:
        - name: "micro-1"
          results:
          - task:
              type: text-generation
            dataset:
              type: "jsonl"
              name: "held-out problems of jsonl"
            metrics:
            - type: mean_reward
              name: "zero-shot, before"
              value: 0.25
            - type: mean_reward
              name: "zero-shot, after step 2"
              value: 0.5
        ---
        """,
        front(card));
    assertTrue(card.contains("# micro-1, step 4\n"), card);
    assertTrue(card.contains("A model from `SmallLM` (org/SmallLM)"), card);
    assertTrue(card.contains("| before | zero-shot | 0.2500 | 0.1000 |"), card);
    assertTrue(card.contains("| after step 2 | zero-shot | 0.5000 |  |"), card);
    assertTrue(card.contains("| `seed` | 7 |"), card);
    assertTrue(card.contains("| `verifier` | math, b 1 (x) |"), card);
    assertFalse(card.contains("text-model"), "what is empty is left out");
  }

  @Test
  void noPathOfTheMachineIsInIt() throws Exception {
    String card = card(base.toString());
    assertTrue(card.contains("| `task.data` | …/train.jsonl \\| …/second.jsonl |"), card);
    assertTrue(card.contains("| `model` | …/SmallLM |"), card);
    assertFalse(card.contains(home.toString()), card);
  }

  @Test
  void whatIsNotKnownIsNotMadeUp() throws Exception {
    Files.writeString(base.resolve("README.md"), "no front matter\nlicense: mit\n");
    Files.writeString(base.resolve("config.json"), "{\"_name_or_path\": \"/models/SmallLM\"}");
    String card = card(base.toString());
    assertEquals(
        """
        ---
        library_name: transformers
        pipeline_tag: text-generation
        license: unknown
        tags:
        - lanpo
        - reinforcement-learning
        - "lanpo"
        ---
        """,
        front(card));
    assertFalse(card("").contains("license:"), "random weights are nobody else's");
  }

  @Test
  void anAdapterHasACardOfItsOwn() throws Exception {
    Files.createDirectories(folder.resolve("adapter"));
    Files.writeString(base.resolve("config.json"), "{\"_name_or_path\": \"org/SmallLM\"}");
    card(base.toString());
    String adapter = Files.readString(folder.resolve("adapter/README.md"));
    assertTrue(adapter.startsWith("---\nlibrary_name: peft\n"), adapter);
    assertTrue(adapter.contains("base_model_relation: adapter\n"), adapter);
  }

  @Test
  void whatIsNoModelGetsNone() throws Exception {
    Files.delete(folder.resolve("config.json"));
    try {
      card("");
    } catch (NoSuchFileException e) {
      assertEquals(folder.resolve("README.md").toString(), e.getMessage());
      return;
    }
    throw new AssertionError("a card without a model");
  }
}
