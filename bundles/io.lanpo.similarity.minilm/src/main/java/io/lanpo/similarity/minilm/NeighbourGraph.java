package io.lanpo.similarity.minilm;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.hnsw.HnswGraphBuilder;
import org.apache.lucene.util.hnsw.HnswGraphSearcher;
import org.apache.lucene.util.hnsw.RandomVectorScorer;
import org.apache.lucene.util.hnsw.RandomVectorScorerSupplier;

/**
 * A graph over the rows of a table in which the nearest rows are found without a look at all of
 * them: HNSW (Malkov and Yashunin, arXiv 1603.09320) by Lucene. Rows are added in order, one by
 * one; the levels are drawn from a fixed seed. So the graph depends on the rows alone, and not on
 * how many of them were added at a time.
 */
final class NeighbourGraph {
  /** The shape that finds at least 99 of 100 nearest rows among 100 000 embeddings. */
  static final Shape THOROUGH = new Shape(16, 100, 100);

  private static final long SEED = 20240605;

  private final VectorTable table;
  private final HnswGraphBuilder builder;
  private final int breadth;
  private int size;

  /**
   * A graph over the rows that the table has.
   *
   * @param shape trades time for recall
   */
  NeighbourGraph(VectorTable table, Shape shape) {
    this.table = table;
    this.breadth = shape.searched();
    try {
      this.builder =
          HnswGraphBuilder.create(new Rows(table), shape.neighbours(), shape.built(), SEED);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // rows are in memory
    }
    extend();
  }

  /**
   * How thorough a graph is.
   *
   * @param neighbours links of a row on each level, twice as many on the lowest
   * @param built rows that are kept in view when a row is added
   * @param searched rows that are kept in view in a search
   */
  record Shape(int neighbours, int built, int searched) {}

  /** Adds the rows that the table has got since. */
  void extend() {
    try {
      while (size < table.size()) {
        builder.addGraphNode(size);
        size++;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The nearest rows by dot product, nearly always all of them; in no order.
   *
   * @param vector {@code [width]}
   * @param most how many
   * @param accepted which rows count
   */
  int[] nearest(float[] vector, int most, Bits accepted) {
    try {
      ScoreDoc[] found =
          HnswGraphSearcher.search(
                  new ToVector(table, vector),
                  Math.max(most, breadth),
                  builder.getGraph(),
                  accepted,
                  Integer.MAX_VALUE)
              .topDocs()
              .scoreDocs;
      int[] rows = new int[found.length];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = found[i].doc;
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Compares rows with a row. */
  private record Rows(VectorTable table) implements RandomVectorScorerSupplier {
    @Override
    public RandomVectorScorer scorer(int row) {
      return new ToVector(table, table.row(row));
    }

    @Override
    public RandomVectorScorerSupplier copy() {
      return this;
    }
  }

  /** Compares rows with a vector. Lucene wants no negative scores. */
  private record ToVector(VectorTable table, float[] vector) implements RandomVectorScorer {
    @Override
    public float score(int row) {
      return Math.max(0, (1 + table.dot(vector, row)) / 2);
    }

    @Override
    public int maxOrd() {
      return table.size();
    }
  }
}
