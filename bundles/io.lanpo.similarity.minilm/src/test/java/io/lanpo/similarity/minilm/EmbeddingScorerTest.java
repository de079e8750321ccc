package io.lanpo.similarity.minilm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.similarity.SimilarityFilter.Hit;
import io.lanpo.api.task.Question;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The scan and the index, over vectors that stand for embeddings. */
class EmbeddingScorerTest {
  private static final int ALWAYS = 0;
  private static final int NEVER = Integer.MAX_VALUE;
  private static final Map<Question, float[]> VECTORS = new HashMap<>();
  private static final List<Question> QUERIES = questions(100_000, 100_060);

  @Test
  void theIndexFindsWhatTheScanFinds() {
    List<Question> candidates = questions(0, 5000);
    double recall = recall(scorer(NEVER), scorer(ALWAYS), candidates);
    assertTrue(recall >= 0.99, "recall " + recall);
  }

  @Test
  void bestAreTheHighestScoresInOrder() {
    List<Question> candidates = questions(0, 3000);
    for (int above : new int[] {ALWAYS, NEVER}) {
      EmbeddingScorer scorer = scorer(above);
      double[] scores = scorer.scores(QUERIES.get(0), candidates);
      List<Hit> best = scorer.best(QUERIES.get(0), candidates, 10);
      assertEquals(10, best.size());
      for (int i = 0; i < 10; i++) {
        assertEquals(scores[best.get(i).index()], best.get(i).score());
        assertTrue(i == 0 || best.get(i - 1).score() >= best.get(i).score());
      }
      assertEquals(3000, scorer.best(QUERIES.get(0), candidates, 5000).size());
    }
  }

  /** Reproducible runs need this: it does not matter when a run stopped and went on. */
  @Test
  void anIndexThatGrewIsTheSameAsOneBuiltAtOnce() {
    List<Question> candidates = questions(0, 2000);
    EmbeddingScorer grown = scorer(ALWAYS);
    for (int size : new int[] {500, 501, 850, 1999}) {
      grown.best(QUERIES.get(0), List.copyOf(candidates.subList(0, size)), 10);
    }
    EmbeddingScorer reopened = scorer(ALWAYS);
    for (Question query : QUERIES) {
      // fewer in view than there are, so that another graph would show
      assertEquals(reopened.best(query, candidates, 100), grown.best(query, candidates, 100));
    }
  }

  /** A window that slides, and one with holes: the rows behind are built again more than once. */
  @Test
  void whatWasEvictedIsNotFound() {
    EmbeddingScorer index = scorer(ALWAYS);
    EmbeddingScorer scan = scorer(NEVER);
    Random random = new Random(4);
    for (int from = 0; from <= 2000; from += 200) {
      List<Question> window = new ArrayList<>(questions(from, from + 1000));
      window.removeIf(question -> random.nextInt(10) == 0);
      double recall = recall(scan, index, List.copyOf(window));
      assertTrue(recall >= 0.99, "recall " + recall + " from " + from);
    }
  }

  @Test
  void anotherOrderOrAnotherListIsScoredAsItIs() {
    EmbeddingScorer scorer = scorer(ALWAYS);
    List<Question> first = questions(0, 2000);
    scorer.best(QUERIES.get(0), first, 10);
    List<Question> turned = new ArrayList<>(first);
    Collections.reverse(turned);
    Question nearest =
        turned.get(scorer.best(QUERIES.get(0), List.copyOf(turned), 10).get(0).index());
    assertEquals(first.get(scorer.best(QUERIES.get(0), first, 10).get(0).index()), nearest);
    assertTrue(recall(scorer(NEVER), scorer, questions(7000, 9000)) >= 0.99);
  }

  @Test
  void theFiguresSayWhichWayItWas() {
    EmbeddingScorer scorer = scorer(2000);
    scorer.best(QUERIES.get(0), questions(0, 2000), 10);
    scorer.best(QUERIES.get(0), questions(0, 2001), 10);
    scorer.best(QUERIES.get(1), questions(0, 2001), 10);
    assertEquals(Map.of("exactSearches", 1L, "indexedSearches", 2L), scorer.figures());
  }

  private static double recall(
      EmbeddingScorer scan, EmbeddingScorer index, List<Question> candidates) {
    int common = 0;
    long before = index.figures().get("indexedSearches");
    for (Question query : QUERIES) {
      Set<Hit> right = new HashSet<>(scan.best(query, candidates, 10));
      List<Hit> found = index.best(query, candidates, 10);
      assertEquals(10, found.size());
      common += (int) found.stream().filter(right::contains).count();
    }
    assertEquals(before + QUERIES.size(), index.figures().get("indexedSearches"));
    return common / (10.0 * QUERIES.size());
  }

  private static EmbeddingScorer scorer(int indexAbove) {
    return new EmbeddingScorer(
        q -> VECTORS.computeIfAbsent(q, EmbeddingScorerTest::vector), indexAbove);
  }

  private static List<Question> questions(int from, int to) {
    // the list of a stream counts as one that can change
    return List.copyOf(
        IntStream.range(from, to).mapToObj(i -> new Question("q" + i, "text " + i)).toList());
  }

  /** Clusters of which each has a few directions of its own. */
  private static float[] vector(Question question) {
    int number = Integer.parseInt(question.id().substring(1));
    Random own = new Random(number);
    Random cluster = new Random(1000 + number % 40);
    float[] vector = new float[SentenceEncoder.WIDTH];
    double[] along = {own.nextGaussian(), own.nextGaussian(), own.nextGaussian()};
    double squares = 0;
    for (int d = 0; d < vector.length; d++) {
      double sum = 2 * cluster.nextGaussian() + 0.3 * own.nextGaussian();
      for (double length : along) {
        sum += length * cluster.nextGaussian();
      }
      vector[d] = (float) sum;
      squares += sum * sum;
    }
    for (int d = 0; d < vector.length; d++) {
      vector[d] /= (float) Math.sqrt(squares);
    }
    return vector;
  }
}
