package io.lanpo.similarity.minilm;

import io.lanpo.api.component.LanpoName;
import io.lanpo.api.similarity.SimilarityFilter;
import io.lanpo.api.task.Question;
import java.util.Collection;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Cosine of sentence embeddings: questions are alike when they mean similar things, whatever their
 * words. The model is all-MiniLM-L6-v2 after Reimers and Gurevych, "Sentence-BERT", arXiv
 * 1908.10084, distilled as in arXiv 2002.10957. Scores are in [-1, 1]; those of unrelated word
 * problems lie about 0.2 to 0.4, so the floor belongs to this filter and is no use for another.
 */
@Component(
    service = SimilarityFilter.class,
    scope = ServiceScope.PROTOTYPE,
    configurationPid = MiniLmFilter.PID)
@LanpoName("minilm")
@Designate(ocd = MiniLmFilter.Options.class)
public final class MiniLmFilter implements SimilarityFilter, AutoCloseable {
  /** Options of the filter. */
  @ObjectClassDefinition(name = "LANPO similarity filter: MiniLM sentence embeddings")
  public @interface Options {
    /** Most questions whose embeddings are kept in memory; about 2 KB each. */
    @AttributeDefinition(
        name = "Cache size",
        description =
            "Most questions whose embeddings are kept in memory, about 2 KB each. An embedding"
                + " takes about 10 ms.",
        min = "1")
    int cache_size() default 20_000;

    /** Lists of candidates longer than this are searched by an index. */
    @AttributeDefinition(
        name = "Index above",
        description =
            "Of more candidates than this the most relevant are found by an index (HNSW) and not by"
                + " a scan of all; a run whose feedback.top-k is 0 always scans.",
        min = "0")
    int index_above() default DEFAULT_INDEX_ABOVE;
  }

  private static final int DEFAULT_INDEX_ABOVE = 20_000;

  static final String PID = "io.lanpo.similarity.minilm";

  private final Embeddings embeddings;
  private final int indexAbove;

  /** For the service registry. */
  @Activate
  public MiniLmFilter(Options options) {
    this(options.cache_size(), options.index_above());
  }

  /**
   * A filter outside a service registry.
   *
   * @param cacheSize most questions whose embeddings are kept in memory
   * @param indexAbove lists of candidates longer than this are searched by an index
   */
  public MiniLmFilter(int cacheSize, int indexAbove) {
    this.embeddings = new Embeddings(Math.max(1, cacheSize));
    this.indexAbove = Math.max(0, indexAbove);
  }

  /** A filter outside a service registry with the index from its usual size on. */
  public MiniLmFilter(int cacheSize) {
    this(cacheSize, DEFAULT_INDEX_ABOVE);
  }

  /** Nothing is fitted: the model knows its words. Questions are embedded when they are scored. */
  @Override
  public Scorer fit(Collection<Question> corpus) {
    return new EmbeddingScorer(question -> embeddings.of(question.text()), indexAbove);
  }

  /** Frees the model. */
  @Deactivate
  @Override
  public void close() {
    embeddings.close();
  }
}
