package io.lanpo.api.policy;

import java.util.List;

/**
 * One part of the loss of an update.
 *
 * @param name names the term in reports, e.g. {@code policy-gradient}, {@code replay}
 * @param loss what is minimised
 * @param examples the sequences; may be empty
 */
public record LossTerm(String name, Loss loss, List<TrainingExample> examples) {
  public LossTerm {
    examples = List.copyOf(examples);
  }
}
