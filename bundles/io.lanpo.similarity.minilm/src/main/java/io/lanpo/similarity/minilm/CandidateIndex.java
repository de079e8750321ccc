package io.lanpo.similarity.minilm;

import io.lanpo.api.task.Question;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/**
 * The vectors of a list of questions, kept from one list to the next: lists of a run differ by what
 * was added at the end and by what was evicted. Beyond a size there is a graph too. What was
 * evicted stays as a row that is passed over, until so many are that all is built again.
 *
 * <p>Lists that only grow give the same graph however they grew. After an eviction it also depends
 * on the lists before; the vectors do not.
 *
 * <p>Not safe for use by several threads.
 */
final class CandidateIndex {
  /** One row of so many may be of an evicted question. */
  private static final int ROWS_PER_DEAD = 4;

  private final Function<Question, float[]> embedded;
  private final int exactLimit;
  private final NeighbourGraph.Shape shape;
  private List<Question> list = List.of();
  private VectorTable table = new VectorTable(SentenceEncoder.WIDTH);
  private Map<Question, Integer> rowOf = new HashMap<>();
  private int[] rows = {};
  private int[] candidateOf = {};
  private FixedBitSet live = new FixedBitSet(0);
  private @Nullable NeighbourGraph graph;

  /**
   * @param embedded embeds a question, {@code [384]}
   * @param exactLimit a longer list gets a graph
   */
  CandidateIndex(Function<Question, float[]> embedded, int exactLimit, NeighbourGraph.Shape shape) {
    this.embedded = embedded;
    this.exactLimit = exactLimit;
    this.shape = shape;
  }

  /**
   * Sets the list to search.
   *
   * @param candidates must not change; each once
   */
  void use(List<Question> candidates) {
    if (candidates == list) {
      return;
    }
    Map<Question, Integer> before = rowOf;
    VectorTable old = table;
    long dead = table.size() - candidates.stream().filter(rowOf::containsKey).count();
    if (dead * ROWS_PER_DEAD > table.size()) {
      table = new VectorTable(SentenceEncoder.WIDTH);
      rowOf = new HashMap<>();
      graph = null;
    }
    rows = new int[candidates.size()];
    for (int i = 0; i < rows.length; i++) {
      Question candidate = candidates.get(i);
      Integer row = rowOf.get(candidate);
      if (row == null) {
        row = table.size();
        Integer earlier = before.get(candidate);
        table.add(earlier == null ? embedded.apply(candidate) : old.row(earlier));
        rowOf.put(candidate, row);
      }
      rows[i] = row;
    }
    number();
    list = candidates;
  }

  /** Whether a list of this length gets a graph. */
  boolean worthwhile(int length) {
    return length > exactLimit;
  }

  /** The dot product with every candidate, {@code [candidates]}. */
  float[] scores(float[] vector) {
    float[] all = table.dot(vector);
    float[] scores = new float[rows.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = all[rows[i]];
    }
    return scores;
  }

  /** The dot product with a candidate. */
  float score(float[] vector, int candidate) {
    return table.dot(vector, rows[candidate]);
  }

  /**
   * Numbers of the nearest candidates by the graph, in no order; more than were asked for when the
   * search came by them.
   */
  int[] nearest(float[] vector, int most) {
    NeighbourGraph by = graph;
    if (by == null) {
      by = new NeighbourGraph(table, shape);
      graph = by;
    }
    by.extend();
    return Arrays.stream(by.nearest(vector, most, live)).map(row -> candidateOf[row]).toArray();
  }

  private void number() {
    candidateOf = new int[table.size()];
    live = new FixedBitSet(table.size());
    for (int i = 0; i < rows.length; i++) {
      candidateOf[rows[i]] = i;
      live.set(rows[i]);
    }
  }
}
