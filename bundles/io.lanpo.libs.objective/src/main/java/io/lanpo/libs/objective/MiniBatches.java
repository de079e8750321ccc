package io.lanpo.libs.objective;

import io.lanpo.api.objective.Means;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.random.Well19937c;
import org.apache.commons.math3.util.MathArrays;

/**
 * Divides what a step has to teach into updates, in another order each epoch.
 *
 * @param epochs passes over it
 * @param most updates of an epoch
 * @param leastToSplit with fewer items a step is one update
 */
public record MiniBatches(int epochs, int most, int leastToSplit) {
  /** Into how many updates an epoch is divided: none is empty. */
  public int parts(int items) {
    return items < leastToSplit ? 1 : Math.max(1, Math.min(most, items));
  }

  /** The updates of a step, in order. */
  public int updates(int items) {
    return epochs * parts(items);
  }

  /**
   * The items of an update.
   *
   * @param step the step's number
   * @param update from 0 to {@link #updates}
   */
  public <T> List<T> of(List<T> items, int step, int update, Means means) {
    int parts = parts(items.size());
    int[] order = MathArrays.natural(items.size());
    MathArrays.shuffle(
        order, new Well19937c(means.seed("mini-batches", step, epoch(items.size(), update))));
    List<T> batch = new ArrayList<>();
    for (int i = part(items.size(), update); i < order.length; i += parts) {
      batch.add(items.get(order[i]));
    }
    return batch;
  }

  /** The epoch that an update belongs to, from 0. */
  public int epoch(int items, int update) {
    return update / parts(items);
  }

  /** Its place within the epoch, from 0. */
  public int part(int items, int update) {
    return update % parts(items);
  }
}
