package io.lanpo.similarity.minilm;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Embeddings of the texts used last; the model is loaded when the first is asked for. Safe for use
 * by several threads.
 */
final class Embeddings implements AutoCloseable {
  private final Map<String, float[]> vectors;
  private @Nullable SentenceEncoder encoder;

  /**
   * @param most texts whose embeddings are kept, 1.5 KB each
   */
  Embeddings(int most) {
    this.vectors =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, float[]> eldest) {
            return size() > most;
          }
        };
  }

  /** {@code [384]}, of length 1; not to be changed. */
  synchronized float[] of(String text) {
    float[] vector = vectors.get(text);
    if (vector == null) {
      if (encoder == null) {
        encoder = SentenceEncoder.load();
      }
      vector = encoder.embed(text);
      vectors.put(text, vector);
    }
    return vector;
  }

  @Override
  public synchronized void close() {
    if (encoder != null) {
      encoder.close();
      encoder = null;
    }
    vectors.clear();
  }
}
