package io.lanpo.engine.run.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.UserException;
import io.lanpo.api.train.EvaluationMode;
import io.lanpo.engine.evaluate.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of an evaluation that was interrupted anywhere. */
public class AnswerLogTest {
  private static final List<int[]> BATCHES = List.of(new int[] {3, 5}, new int[] {8});
  private static final int SAMPLES = 2;

  @TempDir Path folder;

  public static Answer answer(EvaluationMode mode, int number, int sample, double reward) {
    return new Answer(
        Setting.word(mode),
        number,
        sample,
        "p" + number,
        List.of(),
        false,
        false,
        true,
        7,
        "scored",
        reward,
        reward >= 1,
        reward >= 1 ? "5" : "4",
        "why",
        "so é\u001b " + number,
        null);
  }

  private static List<Answer> batch(EvaluationMode mode, int[] numbers) {
    List<Answer> answers = new ArrayList<>();
    for (int number : numbers) {
      for (int sample = 0; sample < SAMPLES; sample++) {
        answers.add(answer(mode, number, sample, sample));
      }
    }
    return answers;
  }

  private AnswerLog open() {
    return AnswerLog.open(folder, BATCHES, SAMPLES, false);
  }

  private void fill() {
    try (AnswerLog log = open()) {
      for (int i = 0; i < BATCHES.size(); i++) {
        log.add(i, EvaluationMode.ZERO_SHOT, batch(EvaluationMode.ZERO_SHOT, BATCHES.get(i)));
      }
    }
  }

  /** Cut at every byte: whole batches are kept, the rest is forgotten, the file can be gone on. */
  @Test
  void whereverTheFileIsCutOffWholeBatchesAreKept() throws Exception {
    fill();
    Path file = folder.resolve("answers.jsonl");
    byte[] whole = Files.readAllBytes(file);
    int first =
        (int)
            Files.readAllLines(file).stream()
                .limit(4)
                .mapToLong(l -> l.getBytes(StandardCharsets.UTF_8).length + 1)
                .sum();
    for (int length = 0; length <= whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      try (AnswerLog log = open()) {
        List<Answer> kept = log.get(0, EvaluationMode.ZERO_SHOT);
        // a line that lacks nothing but its end is whole
        assertEquals(length >= first - 1, kept != null, "cut at " + length);
        List<Answer> second = log.get(1, EvaluationMode.ZERO_SHOT);
        assertEquals(length >= whole.length - 1, second != null, "cut at " + length);
        for (int i = 0; i < BATCHES.size(); i++) {
          if (log.get(i, EvaluationMode.ZERO_SHOT) == null) {
            log.add(i, EvaluationMode.ZERO_SHOT, batch(EvaluationMode.ZERO_SHOT, BATCHES.get(i)));
          }
        }
      }
      assertEquals(
          new String(whole, StandardCharsets.UTF_8), Files.readString(file), "cut at " + length);
    }
  }

  /** A score must not rest on an answer that a disk has changed. */
  @Test
  void aBatchWithOneBitFlippedIsAskedAgain() throws Exception {
    fill();
    Path file = folder.resolve("answers.jsonl");
    byte[] whole = Files.readAllBytes(file);
    List<Answer> first = batch(EvaluationMode.ZERO_SHOT, BATCHES.get(0));
    int dropped = 0;
    for (int at = 0; at < 200; at += 7) {
      byte[] flipped = whole.clone();
      flipped[at] ^= 1;
      Files.write(file, flipped);
      try (AnswerLog log = open()) {
        List<Answer> kept = log.get(0, EvaluationMode.ZERO_SHOT);
        if (kept == null) {
          dropped++;
        } else {
          assertEquals(first, kept, "byte " + at);
        }
      }
    }
    assertTrue(dropped > 20, dropped + " were found");
  }

  @Test
  void whatIsNobodysAnswerIsLeftOut() throws Exception {
    fill();
    Path file = folder.resolve("answers.jsonl");
    Files.writeString(
        file, "\n{}\n[1]\n{\"mode\":\"zero-shot\",\"number\":99}\n", StandardOpenOption.APPEND);
    try (AnswerLog log = open()) {
      assertEquals(6, log.all(EvaluationMode.ZERO_SHOT).size());
      assertNull(log.get(0, EvaluationMode.REFLECT));
    }
    assertEquals(6, Files.readAllLines(file).size());
    try (AnswerLog log = AnswerLog.open(folder, BATCHES, SAMPLES, true)) {
      assertNull(log.get(0, EvaluationMode.ZERO_SHOT));
    }
    assertEquals(0, Files.size(file));
  }

  @Test
  void onlyOneAtATimeWritesAnEvaluation() {
    try (AnswerLog log = open()) {
      UserException refused = assertThrows(UserException.class, this::open);
      assertTrue(refused.getMessage().contains("another process works on"), refused.getMessage());
      assertNull(log.get(0, EvaluationMode.ZERO_SHOT));
    }
    open().close();
  }
}
