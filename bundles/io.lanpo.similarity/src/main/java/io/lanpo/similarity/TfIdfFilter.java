package io.lanpo.similarity;

import io.lanpo.api.component.LanpoName;
import io.lanpo.api.similarity.SimilarityFilter;
import io.lanpo.api.task.Question;
import java.util.Collection;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.metatype.annotations.Designate;

/**
 * The filter {@code lexical} under the name that it had at first, for configurations that have it.
 * Its PID is its own: a file that makes one more of {@code lexical} must not make two.
 */
@Component(scope = ServiceScope.PROTOTYPE, configurationPid = "io.lanpo.similarity.tfidf")
@LanpoName("tfidf")
@Designate(ocd = LexicalFilter.Options.class)
public final class TfIdfFilter implements SimilarityFilter {
  private final LexicalFilter filter;

  /** For the service registry. */
  @Activate
  public TfIdfFilter(LexicalFilter.Options options) {
    this.filter = new LexicalFilter(options);
  }

  @Override
  public Scorer fit(Collection<Question> corpus) {
    return filter.fit(corpus);
  }
}
