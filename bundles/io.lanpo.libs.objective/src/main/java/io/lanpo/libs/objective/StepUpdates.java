package io.lanpo.libs.objective;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.objective.JudgedStep;
import io.lanpo.api.objective.Means;
import io.lanpo.api.objective.Updates;
import io.lanpo.api.policy.Loss;
import io.lanpo.api.policy.LossTerm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * From what a step has to teach to its updates: how token losses are averaged, how the step is
 * divided, and what is replayed beside it.
 *
 * @param aggregation how token losses are averaged
 * @param constantLength tokens per completion for {@link Aggregation#CONSTANT}
 * @param miniBatches how a step is divided
 * @param replay demonstrations beside it
 */
public record StepUpdates(
    Aggregation aggregation, int constantLength, MiniBatches miniBatches, Replay replay) {
  /** The setting of the aggregation. */
  public static final Setting<Aggregation> AGGREGATION =
      Setting.choice("aggregation", Aggregation.class, "how token losses are averaged");

  /** The setting of the constant length. */
  public static final Setting<Integer> CONSTANT_LENGTH =
      Setting.integer(
          "constant-length",
          512,
          1,
          1_000_000,
          "tokens",
          "tokens per completion in the normaliser of aggregation 'constant'");

  /** The setting of the updates of an epoch. */
  public static final Setting<Integer> MINI_BATCHES =
      Setting.integer(
          "mini-batches",
          1,
          1,
          1024,
          "optimiser steps",
          "updates per training step and epoch; the completions that teach are divided among them");

  /** The setting of how much is divided at all. */
  public static final Setting<Integer> LEAST_TO_SPLIT =
      Setting.integer(
          "least-to-split",
          0,
          0,
          1_000_000,
          "completions",
          "with fewer that teach, a step is one mini-batch");

  /** The setting of the epochs. */
  public static final Setting<Integer> EPOCHS =
      Setting.integer("epochs", 1, 1, 64, "epochs", "passes over a step's completions");

  /** The setting of how many demonstrations are replayed. */
  public static final Setting<Integer> REPLAY =
      Setting.integer(
          "replay",
          0,
          0,
          100_000,
          "demonstrations",
          "demonstration replay: fresh demonstrations per training step, divided among its updates");

  /** The setting of their weight. */
  public static final Setting<Double> REPLAY_WEIGHT =
      Setting.decimal(
          "replay-weight", 0.2, 0, 100, "factor", "weight of their cross-entropy in an update");

  /** All of them, for an objective that declares no others of these names. */
  public static final List<Setting<?>> DECLARED =
      List.of(
          AGGREGATION,
          CONSTANT_LENGTH,
          MINI_BATCHES,
          LEAST_TO_SPLIT,
          EPOCHS,
          REPLAY,
          REPLAY_WEIGHT);

  /** What a run asks for. */
  public static StepUpdates of(Settings settings) {
    return new StepUpdates(
        settings.get(AGGREGATION),
        settings.get(CONSTANT_LENGTH),
        new MiniBatches(
            settings.get(EPOCHS), settings.get(MINI_BATCHES), settings.get(LEAST_TO_SPLIT)),
        new Replay(settings.get(REPLAY), settings.get(REPLAY_WEIGHT)));
  }

  /**
   * One way in which the completions of an update are learned: a term of its loss.
   *
   * @param term its name
   * @param loss what is minimised
   * @param item what becomes of each item first
   */
  public record Part(String term, Loss loss, UnaryOperator<Item> item) {
    /** The items as they are, under the name {@code policy-gradient}. */
    public static Part policyGradient(Loss loss) {
      return new Part("policy-gradient", loss, UnaryOperator.identity());
    }
  }

  /**
   * The updates of a step: a term {@code policy-gradient} and, where it is asked for, {@code
   * replay}.
   *
   * @param items what there is to learn
   * @param loss of the items
   * @param figures more metrics of the step
   */
  public Updates of(
      JudgedStep step, List<Item> items, Loss loss, Map<String, Number> figures, Means means) {
    return of(step, items, List.of(Part.policyGradient(loss)), figures, means);
  }

  /** The same with several ways in which the items are learned, a term each. */
  public Updates of(
      JudgedStep step,
      List<Item> items,
      List<Part> ways,
      Map<String, Number> figures,
      Means means) {
    Normaliser normaliser = Normaliser.of(step.groups());
    int parts = miniBatches.parts(items.size());
    int count = miniBatches.updates(items.size());
    List<List<LossTerm>> updates = new ArrayList<>();
    for (int update = 0; update < count; update++) {
      List<Item> batch = miniBatches.of(items, step.number(), update, means);
      List<LossTerm> terms = new ArrayList<>();
      ways.forEach(way -> terms.add(term(batch, way, normaliser, parts)));
      long seed =
          means.seed(
              "replay",
              step.number(),
              miniBatches.epoch(items.size(), update),
              miniBatches.part(items.size(), update));
      replay.term(update, count, seed, means).ifPresent(terms::add);
      updates.add(terms);
    }
    Map<String, Number> all = new LinkedHashMap<>();
    all.put("miniBatches", parts);
    all.putAll(figures);
    return Updates.of(step.number(), updates, all);
  }

  private LossTerm term(List<Item> batch, Part way, Normaliser normaliser, int parts) {
    return new LossTerm(
        way.term(),
        way.loss(),
        batch.stream()
            .map(way.item())
            .map(
                item ->
                    item.weighted(
                        normaliser.scale(
                            aggregation,
                            constantLength,
                            item.sequence().completion().length,
                            parts)))
            .toList());
  }
}
