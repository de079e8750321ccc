package io.lanpo.policy.djl.train;

import io.lanpo.api.policy.Loss;
import io.lanpo.api.policy.LossTerm;
import io.lanpo.api.policy.TokenLoss;
import io.lanpo.api.policy.TrainingExample;
import io.lanpo.policy.djl.batch.LogProbScorer;
import java.util.ArrayList;
import java.util.List;

/**
 * The examples of an update, all terms one after the other. Those of a {@link Loss.Custom} are
 * scored first, as it goes by their log-probabilities.
 */
record Items(LogProbScorer scorer) {
  List<Item> of(List<LossTerm> terms) {
    List<Item> items = new ArrayList<>();
    for (int number = 0; number < terms.size(); number++) {
      LossTerm term = terms.get(number);
      List<TrainingExample> examples = term.examples();
      if (term.loss() instanceof Loss.Custom custom && !examples.isEmpty()) {
        List<TokenLoss.Outcome> outcomes =
            custom.outcomes(
                term.name(),
                examples,
                scorer.logProbs(
                    examples.stream().map(TrainingExample::sequence).toList(),
                    custom.temperature()));
        for (int i = 0; i < examples.size(); i++) {
          items.add(new Item(examples.get(i), number, custom, outcomes.get(i)));
        }
      } else {
        for (TrainingExample example : examples) {
          items.add(new Item(example, number, term.loss(), null));
        }
      }
    }
    return items;
  }
}
