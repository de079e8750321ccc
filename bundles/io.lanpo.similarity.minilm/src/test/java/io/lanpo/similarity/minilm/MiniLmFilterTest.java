package io.lanpo.similarity.minilm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.similarity.SimilarityFilter.Scorer;
import io.lanpo.api.task.Question;
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

  /** The values of the model before it was quantised; it is a little off. */
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
    assertEquals(0.695, scores[0], 0.03);
    assertEquals(0.943, scores[1], 0.03);
    assertEquals(0.257, scores[2], 0.03);
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

  /** A list that can change must be read anew. */
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
