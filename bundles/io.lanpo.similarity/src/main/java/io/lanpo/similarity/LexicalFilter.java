package io.lanpo.similarity;

import io.lanpo.api.component.LanpoName;
import io.lanpo.api.similarity.SimilarityFilter;
import io.lanpo.api.task.Question;
import java.util.Collection;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Cosine of TF-IDF vectors: questions are alike when they share words that are rare in the task.
 *
 * <p>The weight of a word is {@code tf · ln(N / df)}: how often the question has it, times the
 * logarithm of the number of questions over the number that have the word. This is the weighting
 * <i>tfc</i> of Salton and Buckley, "Term-weighting approaches in automatic text retrieval", 1988;
 * the idf is from Spärck Jones, "A statistical interpretation of term specificity", 1972. Words
 * that every question has do not count; a word that the fitted questions do not have counts like
 * the rarest of theirs, {@code df = 1}. Scores are in [0, 1].
 */
@Component(scope = ServiceScope.PROTOTYPE, configurationPid = LexicalFilter.PID)
@LanpoName("lexical")
@Designate(ocd = LexicalFilter.Options.class)
public final class LexicalFilter implements SimilarityFilter {
  /** Options of the filter. */
  @ObjectClassDefinition(name = "LANPO similarity filter: lexical")
  public @interface Options {
    /** Most questions whose vectors are kept in memory; about 1 KB each. */
    @AttributeDefinition(
        name = "Cache size",
        description = "Most questions whose vectors are kept in memory, about 1 KB each.",
        min = "1")
    int cache_size() default 20_000;
  }

  static final String PID = "io.lanpo.similarity.lexical";

  private final int cacheSize;

  /** For the service registry. */
  @Activate
  public LexicalFilter(Options options) {
    this(options.cache_size());
  }

  /**
   * A filter outside a service registry.
   *
   * @param cacheSize most questions whose vectors are kept in memory
   */
  public LexicalFilter(int cacheSize) {
    this.cacheSize = Math.max(1, cacheSize);
  }

  @Override
  public Scorer fit(Collection<Question> corpus) {
    VectorCache vectors = new VectorCache(WordWeights.fit(corpus), cacheSize);
    return (query, candidates) -> {
      WordVector wanted = vectors.of(query);
      return candidates.stream()
          .mapToDouble(c -> c.text().equals(query.text()) ? 1 : wanted.cosine(vectors.of(c)))
          .toArray();
    };
  }
}
