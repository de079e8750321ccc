package io.lanpo.similarity.minilm;

import io.lanpo.api.component.Components;
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
    configurationPid = MiniLmFilter.PID,
    property = Components.NAME + "=minilm")
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
  }

  static final String PID = "io.lanpo.similarity.minilm";

  private final Embeddings embeddings;

  /** For the service registry. */
  @Activate
  public MiniLmFilter(Options options) {
    this(options.cache_size());
  }

  /**
   * A filter outside a service registry.
   *
   * @param cacheSize most questions whose embeddings are kept in memory
   */
  public MiniLmFilter(int cacheSize) {
    this.embeddings = new Embeddings(Math.max(1, cacheSize));
  }

  /** Nothing is fitted: the model knows its words. Questions are embedded when they are scored. */
  @Override
  public Scorer fit(Collection<Question> corpus) {
    return new EmbeddingScorer(embeddings);
  }

  /** Frees the model. */
  @Deactivate
  @Override
  public void close() {
    embeddings.close();
  }
}
