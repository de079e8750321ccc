package io.lanpo.similarity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.similarity.SimilarityFilter.Scorer;
import io.lanpo.api.task.Question;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LexicalFilterTest {
  private static final List<Question> CORPUS =
      List.of(
          new Question("1", "Add the red apple"),
          new Question("2", "Add the green apple"),
          new Question("3", "Add two pears"),
          new Question("4", "Add the train"));

  private static Scorer fit(List<Question> corpus) {
    return new LexicalFilter(100).fit(corpus);
  }

  private static double score(Scorer scorer, String query, String candidate) {
    return scorer.scores(new Question("q", query), List.of(new Question("c", candidate)))[0];
  }

  /**
   * N = 4. idf: add ln(4/4) = 0; the ln(4/3) = 0.28768; apple ln(4/2) = 0.69315; red, green and
   * others ln 4 = 1.38629.
   *
   * <p>|red apple question|² = 0.28768² + 1.38629² + 0.69315² = 2.48502, the same for the green
   * one; their dot product is 0.28768² + 0.69315² = 0.56321; cosine 0.56321 / 2.48502 = 0.22664.
   *
   * <p>|train question|² = 0.28768² + 1.38629² = 2.00457; dot with red apple 0.28768² = 0.08276;
   * cosine 0.08276 / √(2.48502 · 2.00457) = 0.03708.
   */
  @Test
  void scoresAsCalculatedByHand() {
    double[] scores = fit(CORPUS).scores(CORPUS.get(0), CORPUS);
    assertArrayEquals(new double[] {1, 0.22664, 0, 0.03708}, scores, 5e-6);
  }

  /** Counts of 2 and 1 against 1 and 1, all of one idf: (2·1 + 1·1) / (√5 · √2) = 0.94868. */
  @Test
  void countsHowOftenAWordOccurs() {
    assertEquals(0.94868, score(fit(CORPUS), "zim zim tav", "tav zim"), 5e-6);
  }

  @Test
  void wordsThatWereNotFittedCountLikeTheRarest() {
    Scorer scorer = fit(CORPUS);
    assertEquals(
        score(scorer, "red apple", "red train"), score(scorer, "zim apple", "zim train"), 1e-12);
    assertTrue(score(scorer, "zim the", "zim apple") > score(scorer, "zim the", "tav the"));
  }

  @Test
  void lettersOfAnyScriptAndCaseAreWords() {
    Scorer scorer = fit(CORPUS);
    assertEquals(1, score(scorer, "ÄPFEL, Œuvre; слово 数", "«äpfel» œuvre СЛОВО – 数!"), 1e-12);
    assertEquals(List.of("x", "2", "3.5", "x", "1", "7"), Words.of("x2 + 3.5x = 1/7."));
    assertEquals(0, score(scorer, "3.5", "35"));
  }

  @Test
  void identicalQuestionsScoreOneEvenWithoutAWordThatCounts() {
    Scorer scorer = fit(CORPUS);
    assertEquals(1, score(scorer, "Add!", "Add!"));
    assertEquals(0, score(scorer, "Add!", "add"));
    assertEquals(1, score(scorer, "", ""));
    assertEquals(0, score(scorer, "", "apple"));
  }

  @Test
  void withoutACorpusAllWordsCountTheSame() {
    assertEquals(0.5, score(fit(List.of()), "red apple", "green apple"), 1e-12);
    assertEquals(0.5, score(fit(CORPUS.subList(0, 1)), "red apple", "green apple"), 1e-12);
  }

  @Test
  void scoresAreTheSameWhateverTheCacheHolds() {
    Random random = new Random(5);
    List<Question> questions =
        IntStream.range(0, 300)
            .mapToObj(
                i ->
                    new Question(
                        "q" + i,
                        random
                            .ints(30, 0, 200)
                            .mapToObj(w -> "w" + w)
                            .collect(Collectors.joining(" "))))
            .toList();
    Scorer ample = new LexicalFilter(1000).fit(questions);
    Scorer tight = new LexicalFilter(1).fit(questions);
    for (Question query : questions.subList(0, 20)) {
      double[] first = ample.scores(query, questions);
      assertArrayEquals(first, ample.scores(query, questions));
      assertArrayEquals(first, tight.scores(query, questions));
    }
  }

  @Test
  void oneIdWithAnotherTextIsAnotherQuestion() {
    Scorer scorer = fit(CORPUS);
    Question changed = new Question("1", "Add two pears");
    assertArrayEquals(
        new double[] {0, 1}, scorer.scores(changed, List.of(CORPUS.get(0), CORPUS.get(2))), 1e-12);
  }
}
