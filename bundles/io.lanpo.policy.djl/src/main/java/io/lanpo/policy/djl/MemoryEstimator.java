package io.lanpo.policy.djl;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.policy.MemoryEstimate;
import io.lanpo.api.policy.MemoryEstimate.Part;
import io.lanpo.api.policy.Workload;
import io.lanpo.policy.djl.batch.PromptGroup;
import io.lanpo.policy.djl.model.DecoderShape;
import io.lanpo.policy.djl.model.DecoderShape.Mlp;
import io.lanpo.policy.djl.model.LoraConfig;
import io.lanpo.policy.djl.network.MemoryProfile;
import java.util.ArrayList;
import java.util.List;

/**
 * How much memory a policy takes at its peak, counted from what the scripts allocate. Generating
 * and updating follow each other, so the larger of the two counts.
 */
final class MemoryEstimator {
  /**
   * Native libraries and the heap beyond what a process has before its first policy, as measured.
   */
  private static final long PROGRAM = 250L << 20;

  /** Copies of a piece of logits that a loss or a sampler holds at a time. */
  private static final int LOSS_COPIES = 4;

  private static final int SAMPLER_COPIES = 2;

  private final DecoderShape shape;
  private final long weights;
  private final long trained;
  private final boolean adaptable;
  private final int packedFrom;
  private final MemoryProfile profile;
  private final Settings settings;
  private final PolicyLimits limits;
  private final boolean half;
  private final Workload workload;

  /**
   * @param weights length of the buffer of weights, in floats
   * @param trained length of the buffer of what learns
   * @param adaptable whether adapters could learn instead of the weights
   * @param packedFrom rows from which on decoding takes a copy of the matrices
   * @param profile what the network does to take less
   */
  MemoryEstimator(
      DecoderShape shape,
      long weights,
      long trained,
      boolean adaptable,
      int packedFrom,
      MemoryProfile profile,
      Settings settings,
      Workload workload) {
    this.adaptable = adaptable;
    this.packedFrom = packedFrom;
    this.profile = profile;
    this.shape = shape;
    this.weights = weights;
    this.trained = trained;
    this.settings = settings;
    this.limits = PolicySettings.limits(settings);
    this.half = PolicySettings.half(settings);
    this.workload = workload;
  }

  MemoryEstimate estimate() {
    MemoryEstimate generating = new MemoryEstimate(generating());
    if (workload.trainedTokens() == 0) {
      return generating;
    }
    MemoryEstimate updating = new MemoryEstimate(updating());
    return updating.bytes() > generating.bytes() ? updating : generating;
  }

  private boolean adapted() {
    return trained != weights;
  }

  private List<Part> resident() {
    List<Part> parts = new ArrayList<>();
    parts.add(new Part("program", PROGRAM, ""));
    parts.add(part("weights", weights, ""));
    if (half) {
      parts.add(part("weights in bf16", narrow(weights), ""));
    }
    if (workload.training()) {
      long moments = limits.halfMoments() ? (trained + 1) / 2 : trained;
      List<String> advice = new ArrayList<>();
      if (!limits.halfMoments()) {
        advice.add(set(PolicySettings.MOMENTS, PolicySettings.BF16));
      }
      if (adaptable && !adapted()) {
        advice.add(set(LoraConfig.RANK, 16) + " (adapters instead)");
      }
      parts.add(part("optimizer state", 2 * moments, String.join(" or ", advice)));
    }
    return parts;
  }

  /** Batches of an update that are worked on at a time. */
  private long lanes() {
    return profile.lanes(limits.workers());
  }

  private Part gradients() {
    String advice = lanes() > 1 ? set(PolicySettings.WORKERS, 1) + " (one gradient each)" : "";
    return part("gradients", lanes() * trained, advice);
  }

  private List<Part> generating() {
    List<Part> parts = resident();
    if (workload.training() && !profile.oneBatch()) {
      parts.add(gradients());
    }
    long rows = Math.min(limits.batch(), workload.completions());
    long laidOut = Math.max(packed(rows), integers());
    if (laidOut > 0) {
      parts.add(part("matrices laid out for decoding", laidOut, ""));
    }
    long prompts = rows / workload.groupSize() + 1;
    long tokens = prompts * workload.promptTokens() + rows * workload.completionTokens();
    parts.add(
        part(
            "keys and values",
            narrow(tokens * 2 * shape.layers() * shape.kvHeads() * shape.headWidth()),
            lower(PolicySettings.BATCH) + " (completions at a time) or the sampling.max-…tokens"));
    parts.add(
        part(
            "logits of sampling",
            SAMPLER_COPIES * rows * shape.vocabulary(),
            lower(PolicySettings.BATCH)));
    long prefill = Math.min(limits.prefillTokens(), prompts * workload.promptTokens());
    prefill = Math.max(prefill, workload.promptTokens());
    parts.add(
        part(
            "reading prompts",
            limits.workers()
                * (prefill * transientWidth()
                    + prefill * 2 * shape.layers() * shape.kvHeads() * shape.headWidth()
                    + prefill * shape.heads() * workload.promptTokens()),
            lower(PolicySettings.PREFILL_TOKENS)));
    return parts;
  }

  /** Floats of the matrices as many rows multiply with in the training's precision. */
  private long packed(long rows) {
    return rows / limits.workers() >= packedFrom
        ? narrow(weights - (shape.tiedHead() ? 0 : table()))
        : 0;
  }

  /** Floats of those of rollouts in int8; they never stand beside the others. */
  private long integers() {
    boolean int8 = workload.training() && PolicySettings.roundedRollouts(settings).isPresent();
    long blocks = weights - (shape.tiedHead() ? 1 : 2) * table();
    return int8 ? blocks / Float.BYTES + narrow(table()) : 0;
  }

  private long table() {
    return (long) shape.vocabulary() * shape.width();
  }

  private List<Part> updating() {
    List<Part> parts = resident();
    parts.add(gradients());
    long prompt = workload.promptTokens();
    long completion = Math.max(1, workload.trainedTokens() - 1);
    long rows =
        PromptGroup.rows(
            workload.groupSize(),
            workload.promptTokens(),
            workload.trainedTokens(),
            limits.updateTokens());
    long group = prompt + rows * completion;
    long asked = (workload.completions() + rows - 1) / rows;
    long shared = (asked + lanes() - 1) / lanes();
    long groups = Math.max(1, Math.min(shared, limits.updateTokens() / group));
    long attention =
        narrow(
            groups
                * (shape.heads() * prompt * prompt
                    + rows * completion * shape.heads() * (prompt + completion)
                    + rows * (prompt + completion) * 2 * shape.kvHeads() * shape.headWidth()));
    long block = groups * group * keptWidth();
    if (!profile.recomputeAttention()) {
      block += attention;
    }
    long inputs = groups * group * shape.width();
    long kept =
        limits.gradientCheckpointing() ? shape.layers() * inputs + block : shape.layers() * block;
    // a block's backward pass holds attention and its gradient
    long transients = groups * group * transientWidth() + 2 * attention;
    parts.add(
        part(
            "activations",
            lanes() * (kept + transients),
            lower(PolicySettings.UPDATE_TOKENS)
                + (limits.gradientCheckpointing() ? "" : ", " + set(PolicySettings.RECOMPUTE, true))
                + (lanes() > 1 ? ", " + set(PolicySettings.WORKERS, 1) : "")));
    long scored = groups * rows * completion * shape.vocabulary();
    long logits = Math.min(profile.logitFloats(), scored);
    long gathered = half ? narrow(Math.min(profile.gathered(), scored)) : 0;
    parts.add(part("logits of the loss", lanes() * (LOSS_COPIES * logits + gathered), ""));
    return parts;
  }

  /** Floats that a block keeps for a token, without attention's probabilities. */
  private long keptWidth() {
    long attention = (long) shape.heads() * shape.headWidth();
    long between = 2 * attention + 2L * shape.kvHeads() * shape.headWidth() + inner();
    return 2L * shape.width() + narrow(between);
  }

  /** Floats for a token that come and go within a block. */
  private long transientWidth() {
    return 2 * inner() + 2L * shape.packed() + 3L * shape.width();
  }

  /** Floats that so many numbers take which are in bf16 if anything is. */
  private long narrow(long numbers) {
    return half ? (numbers + 1) / 2 : numbers;
  }

  private long inner() {
    return shape.mlp() == Mlp.GATED_SILU ? 2L * shape.feedForward() : shape.feedForward();
  }

  private <T> String set(Setting<T> setting, T value) {
    return "set %s=%s".formatted(settings.key(setting), value);
  }

  private String lower(Setting<?> setting) {
    return "lower " + settings.key(setting);
  }

  private static Part part(String name, long floats, String advice) {
    return new Part(name, Float.BYTES * floats, advice);
  }
}
