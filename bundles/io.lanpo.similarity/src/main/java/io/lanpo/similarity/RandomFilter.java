package io.lanpo.similarity;

import io.lanpo.api.component.LanpoName;
import io.lanpo.api.similarity.SimilarityFilter;
import io.lanpo.api.task.Question;
import java.util.Collection;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * A control for experiments: relevance that has nothing to do with the questions. It depends on the
 * two ids only, so it is the same in every run and on every machine, and spread evenly over [0, 1).
 */
@Component(scope = ServiceScope.PROTOTYPE)
@LanpoName("random")
public final class RandomFilter implements SimilarityFilter {
  /** For the service registry. */
  @Activate
  public RandomFilter() {}

  @Override
  public Scorer fit(Collection<Question> corpus) {
    return (query, candidates) ->
        candidates.stream().mapToDouble(candidate -> score(query, candidate)).toArray();
  }

  private static double score(Question query, Question candidate) {
    if (query.equals(candidate)) {
      return 1;
    }
    long both =
        StableHash.mix(
            StableHash.of(query.id()) + 0x9E3779B97F4A7C15L * StableHash.of(candidate.id()));
    return (both >>> 11) * 0x1p-53;
  }
}
