package io.lanpo.similarity.minilm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.similarity.SimilarityFilter.Scorer;
import io.lanpo.api.task.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** With the real model. */
class MiniLmFilterTest {
  private static final MiniLmFilter FILTER = new MiniLmFilter(100);
  private static final Scorer SCORER = FILTER.fit(List.of());

  @AfterAll
  static void close() {
    FILTER.close();
  }

  private static double[] scores(String query, String... candidates) {
    return SCORER.scores(
        new Question("q", query), Stream.of(candidates).map(c -> new Question(c, c)).toList());
  }

  @Test
  void meaningCountsAndNotWords() {
    double[] scores =
        scores(
            "How many apples are left after she ate three?",
            "What number of pieces of fruit remains when 3 were eaten?",
            "Ten birds sit on a roof and four fly away. How many stay?",
            "The capital of France is Paris.");
    assertTrue(scores[0] > scores[1] + 0.1, scores[0] + " " + scores[1]);
    assertTrue(scores[1] > scores[2] + 0.1, scores[1] + " " + scores[2]);
  }

  /**
   * The values that another reader of the same model and vocabulary calculates: the Python packages
   * onnxruntime 1.32.0 and tokenizers, one text at a time, mean of the token vectors. Processors
   * without the same instructions round the quantised model a little differently.
   */
  @Test
  void agreesWithTheReference() {
    float[] happy;
    float[] person;
    try (SentenceEncoder encoder = SentenceEncoder.load()) {
      happy = encoder.embed("That is a happy person");
      person = encoder.embed("That is a happy person");
      assertArrayEquals(happy, person);
      double length = 0;
      for (float x : happy) {
        length += x * x;
      }
      assertEquals(1, length, 1e-5);
    }
    double[] scores =
        scores(
            "That is a happy person",
            "That is a happy dog",
            "That is a very happy person",
            "Today is a sunny day");
    assertEquals(0.6892, scores[0], 0.01);
    assertEquals(0.9331, scores[1], 0.01);
    assertEquals(0.2692, scores[2], 0.01);
  }

  @Test
  void nothingIsLeftInTheFolderForTemporaryFiles() throws IOException {
    scores("any", "text");
    long began = ProcessHandle.current().info().startInstant().orElseThrow().toEpochMilli();
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      List<Path> left =
          files
              .filter(file -> file.getFileName().toString().startsWith("onnxruntime-java"))
              .filter(file -> file.toFile().lastModified() >= began)
              .toList();
      assertEquals(List.of(), left);
    }
  }

  @Test
  void identicalQuestionsScoreOneAndTheCacheChangesNothing() {
    List<Question> questions = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      questions.add(new Question("q" + i, "Tom has " + i + " marbles and buys some more."));
    }
    double[] ample = SCORER.scores(questions.get(3), questions);
    assertEquals(1, ample[3]);
    try (MiniLmFilter tight = new MiniLmFilter(1)) {
      assertArrayEquals(ample, tight.fit(questions).scores(questions.get(3), questions));
    }
  }

  /** A list that can change must be read again. */
  @Test
  void aListThatHasChangedIsScoredAsItIs() {
    Question birds = new Question("b", "Ten birds sit on a roof.");
    Question paris = new Question("p", "The capital of France is Paris.");
    List<Question> candidates = new ArrayList<>(List.of(paris));
    double before = SCORER.scores(birds, candidates)[0];
    candidates.set(0, birds);
    assertEquals(1, SCORER.scores(birds, candidates)[0]);
    candidates.set(0, paris);
    assertEquals(before, SCORER.scores(birds, candidates)[0]);
    List<Question> fixed = List.of(paris, birds);
    assertEquals(before, SCORER.scores(birds, fixed)[0]);
    assertEquals(before, SCORER.scores(paris, fixed)[1], 1e-6);
  }

  @Test
  void emptyAndLongTextsHaveAScore() {
    double[] scores = scores("", "", "word ".repeat(5000), "数 – $ \u0000");
    assertEquals(1, scores[0]);
    for (double score : scores) {
      assertTrue(score >= -1 && score <= 1, "" + score);
    }
  }
}
