package io.lanpo.similarity;

import io.lanpo.api.component.LanpoName;
import io.lanpo.api.similarity.SimilarityFilter;
import io.lanpo.api.task.Question;
import java.util.Arrays;
import java.util.Collection;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** No filter: every past question is as relevant as any other. */
@Component(scope = ServiceScope.PROTOTYPE)
@LanpoName("none")
public final class AllFilter implements SimilarityFilter {
  /** For the service registry. */
  @Activate
  public AllFilter() {}

  @Override
  public Scorer fit(Collection<Question> corpus) {
    return (query, candidates) -> {
      double[] scores = new double[candidates.size()];
      Arrays.fill(scores, 1);
      return scores;
    };
  }
}
