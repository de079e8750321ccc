package io.lanpo.engine.update;

import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.policy.Loss;
import io.lanpo.api.policy.LossTerm;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.Sequence;
import io.lanpo.api.policy.Tokenizer;
import io.lanpo.api.policy.TrainingExample;
import io.lanpo.api.task.Task;
import io.lanpo.engine.config.LossSettings;
import io.lanpo.engine.config.RunSettings;
import io.lanpo.engine.generate.Randomness;
import io.lanpo.engine.rollout.Group;
import io.lanpo.engine.rollout.Rollout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.util.MathArrays;
import org.jspecify.annotations.Nullable;

/**
 * Turns judged groups into the loss terms of a step's optimiser updates.
 *
 * <p>Completions with an advantage of zero are left out where they add nothing to the gradient,
 * which they do only by a KL penalty; the normaliser still counts them. Two extensions, each off at
 * weight 0: <em>context distillation</em> trains a completion that succeeded with feedback under
 * the plain prompt too, and <em>replay</em> adds demonstrations.
 */
public final class UpdateBuilder {
  private static final float[] NONE = {};

  private final RunSettings settings;
  private final LossSettings loss;
  private final Task task;
  private final Tokenizer tokenizer;
  private final Randomness randomness;
  private final @Nullable Policy reference;
  private final @Nullable Demonstrations demonstrations;
  private final @Nullable ImportanceCorrection correction;

  /**
   * @param demonstrations for replay; null when there are none
   * @param reference the policy of the KL term; null without one
   * @param correction for completions of other weights; null without one
   */
  public UpdateBuilder(
      RunSettings settings,
      Task task,
      Tokenizer tokenizer,
      Randomness randomness,
      @Nullable Demonstrations demonstrations,
      @Nullable Policy reference,
      @Nullable ImportanceCorrection correction) {
    this.settings = settings;
    this.loss = settings.loss();
    this.task = task;
    this.tokenizer = tokenizer;
    this.randomness = randomness;
    this.demonstrations = demonstrations;
    this.reference = reference;
    this.correction = correction;
  }

  /**
   * The updates of a step.
   *
   * @param terms for each optimiser step its loss terms; empty when the step has nothing to teach
   *     and nothing to replay
   * @param miniBatches how many mini-batches the completions were divided into
   * @param correction figures of the importance correction; null where nothing was corrected
   */
  public record Updates(
      List<List<LossTerm>> terms,
      int miniBatches,
      ImportanceCorrection.@Nullable Figures correction) {}

  /** Builds the updates of a step. */
  public Updates build(int step, List<Group> groups) {
    List<Item> sampled = items(groups);
    ImportanceCorrection.Figures figures = null;
    if (correction != null) {
      figures = correct(sampled, correction);
    }
    List<Item> items = withReference(sampled);
    Normaliser normaliser = Normaliser.of(groups);
    int parts = parts(items.size());
    int number = 0;
    List<List<LossTerm>> updates = new ArrayList<>();
    for (int epoch = 0; epoch < loss.epochs(); epoch++) {
      int[] order = MathArrays.natural(items.size());
      MathArrays.shuffle(order, randomness.stream("mini-batches", step, epoch));
      for (int part = 0; part < parts; part++) {
        List<Item> batch = new ArrayList<>();
        for (int i = part; i < order.length; i += parts) {
          batch.add(items.get(order[i]));
        }
        List<LossTerm> terms = new ArrayList<>();
        terms.add(policyGradient(batch, normaliser, parts));
        int demonstrations = replayed(number++, loss.epochs() * parts);
        replay(demonstrations, step, epoch, part).ifPresent(terms::add);
        if (terms.stream().anyMatch(t -> !t.examples().isEmpty())) {
          updates.add(terms);
        }
      }
    }
    return new Updates(updates, parts, figures);
  }

  /**
   * What the losses of a step are averaged over: what the verifier scored. Completions without a
   * score take no part; those without an advantage do.
   */
  private record Normaliser(long tokens, long completions) {
    static Normaliser of(List<Group> groups) {
      List<Rollout> scored =
          groups.stream()
              .flatMap(g -> g.rollouts().stream())
              .filter(r -> r.reward().isPresent())
              .toList();
      return new Normaliser(
          scored.stream().mapToLong(r -> r.completion().tokens().length).sum(), scored.size());
    }
  }

  /** How many mini-batches there are: none is empty. */
  private int parts(int items) {
    return items < loss.leastToSplit() ? 1 : Math.max(1, Math.min(loss.miniBatches(), items));
  }

  /** How many of a step's demonstrations an update has; over all updates they are all. */
  private int replayed(int update, int updates) {
    long all = loss.replayDemonstrations();
    return (int) (all * (update + 1) / updates - all * update / updates);
  }

  /** Corrects those whose sampling is known; for the others the policy stands in for itself. */
  private static ImportanceCorrection.@Nullable Figures correct(
      List<Item> items, ImportanceCorrection correction) {
    List<Integer> known = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i).samplingLogProbs().length > 0) {
        known.add(i);
      }
    }
    if (known.isEmpty()) {
      return null;
    }
    ImportanceCorrection.Corrected corrected =
        correction.of(
            known.stream().map(i -> items.get(i).sequence()).toList(),
            known.stream().map(i -> items.get(i).samplingLogProbs()).toList());
    for (int k = 0; k < known.size(); k++) {
      Item item = items.get(known.get(k));
      items.set(
          known.get(k), item.corrected(corrected.weights().get(k), corrected.logProbs().get(k)));
    }
    return corrected.figures();
  }

  private List<Item> items(List<Group> groups) {
    List<Item> items = new ArrayList<>();
    for (Group group : groups) {
      int[] plain = tokenizer.encode(task.pose(group.problem().question()));
      for (int i = 0; i < group.rollouts().size(); i++) {
        Rollout rollout = group.rollouts().get(i);
        double advantage = group.advantages()[i];
        if (!learned(rollout, advantage)) {
          continue;
        }
        boolean feedback = rollout.composed().mode() != FeedbackMode.SCRATCH;
        double weight = feedback ? loss.feedbackWeight() : 1;
        if (weight > 0) {
          items.add(
              new Item(
                  new Sequence(rollout.promptTokens(), rollout.completion().tokens()),
                  filled(rollout.completion().tokens().length, (float) (advantage * weight)),
                  rollout.completion().logProbs(),
                  NONE));
        }
        if (feedback && advantage > 0 && loss.contextDistillation() > 0) {
          distilled(rollout, plain, advantage * loss.contextDistillation()).ifPresent(items::add);
        }
      }
    }
    return items;
  }

  /**
   * Whether a completion adds to the gradient: by its advantage, or, whatever that is, by the KL
   * penalty.
   */
  private boolean learned(Rollout rollout, double advantage) {
    boolean penalised = loss.klCoefficient() > 0 && rollout.reward().isPresent();
    return (advantage != 0 || penalised) && rollout.completion().tokens().length > 0;
  }

  /**
   * The solution alone under the plain prompt; the current policy stands in for the one that
   * sampled it.
   */
  private Optional<Item> distilled(Rollout rollout, int[] plainPrompt, double advantage) {
    return rollout
        .solution()
        .filter(s -> !s.isBlank() && rollout.completion().finished())
        .map(s -> new Sequence(plainPrompt, withEnd(tokenizer.encode(s))))
        .map(
            sequence ->
                new Item(
                    sequence, filled(sequence.completion().length, (float) advantage), NONE, NONE));
  }

  private List<Item> withReference(List<Item> items) {
    if (reference == null || items.isEmpty()) {
      return items;
    }
    List<float[]> scores =
        reference.logProbs(
            items.stream().map(Item::sequence).toList(),
            settings.sampling().answer().temperature());
    List<Item> scored = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      scored.add(items.get(i).withReference(scores.get(i)));
    }
    return scored;
  }

  private LossTerm policyGradient(List<Item> batch, Normaliser normaliser, int parts) {
    double tokens = normaliser.tokens() / (double) parts;
    double completions = normaliser.completions() / (double) parts;
    List<TrainingExample> examples = new ArrayList<>(batch.size());
    for (Item item : batch) {
      int length = item.sequence().completion().length;
      double scale =
          switch (loss.aggregation()) {
            case TOKEN_MEAN -> 1 / tokens;
            case SEQUENCE_MEAN -> 1 / (completions * length);
            case CONSTANT -> 1 / (completions * loss.constantLength());
          };
      examples.add(
          new TrainingExample(
              item.sequence(),
              filled(length, (float) scale),
              item.advantages(),
              item.samplingLogProbs(),
              item.referenceLogProbs()));
    }
    return new LossTerm(
        "policy-gradient",
        new Loss.ClippedSurrogate(
            loss.clipLow(),
            loss.clipHigh(),
            loss.klCoefficient(),
            settings.sampling().answer().temperature()),
        examples);
  }

  private Optional<LossTerm> replay(int count, int step, int epoch, int part) {
    if (demonstrations == null || count == 0 || loss.replayWeight() == 0) {
      return Optional.empty();
    }
    var random = randomness.generator("replay", step, epoch, part);
    List<Sequence> sequences = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      sequences.add(demonstrations.replay(random));
    }
    int tokens = sequences.stream().mapToInt(s -> s.completion().length).sum();
    float scale = (float) (loss.replayWeight() / tokens);
    return Optional.of(
        new LossTerm(
            "replay",
            new Loss.CrossEntropy(),
            sequences.stream()
                .map(s -> TrainingExample.supervised(s, filled(s.completion().length, scale)))
                .toList()));
  }

  private int[] withEnd(int[] tokens) {
    int[] ended = Arrays.copyOf(tokens, tokens.length + 1);
    ended[tokens.length] = tokenizer.endToken();
    return ended;
  }

  private static float[] filled(int length, float value) {
    float[] array = new float[length];
    Arrays.fill(array, value);
    return array;
  }

  private record Item(
      Sequence sequence, float[] advantages, float[] samplingLogProbs, float[] referenceLogProbs) {
    Item withReference(float[] scores) {
      return new Item(sequence, advantages, samplingLogProbs, scores);
    }

    Item corrected(float[] weights, float[] logProbs) {
      float[] weighted = new float[weights.length];
      for (int t = 0; t < weights.length; t++) {
        weighted[t] = weights[t] * advantages[t];
      }
      return new Item(sequence, weighted, logProbs, referenceLogProbs);
    }
  }
}
