package io.lanpo.engine.run.policy;

import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.objective.Objective;
import io.lanpo.api.policy.MemoryEstimate;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.PolicyBackend;
import io.lanpo.api.policy.Tokenizer;
import io.lanpo.api.policy.TokenizerService;
import io.lanpo.api.policy.Workload;
import io.lanpo.api.train.RunListener;
import io.lanpo.engine.coldstart.SampledDemonstrations;
import io.lanpo.engine.config.ColdStartSettings;
import io.lanpo.engine.config.ComponentKind;
import io.lanpo.engine.config.ModelPlace;
import io.lanpo.engine.config.RunSettings;
import io.lanpo.engine.run.folder.CheckpointRecord;
import io.lanpo.engine.run.memory.MemoryUser;
import io.lanpo.engine.run.preparation.PreparedRun;
import io.lanpo.engine.update.Demonstrations;
import io.lanpo.engine.update.TaskDemonstrations;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The policy a run begins with: a given checkpoint, or random weights and a cold start, or a given
 * checkpoint and a cold start from its own answers. Cold starts are cached.
 */
public final class InitialPolicy implements MemoryUser {
  private final PreparedRun run;
  private final ColdStartCache cache;
  private final TokenizerService tokenizers;
  private final ColdStartRunner coldStarts;
  private final String key;

  public InitialPolicy(PreparedRun run, TokenizerService tokenizers, ColdStartCache cache) {
    this.run = run;
    this.tokenizers = tokenizers;
    this.cache = cache;
    this.coldStarts = new ColdStartRunner(run, tokenizers, cache);
    this.key = run.folder().coldStart().orElseGet(this::newKey);
  }

  /**
   * An opened policy, ready for reinforcement learning.
   *
   * @param coldStartCpuSeconds processor seconds spent on a cold start here and now; 0 when it came
   *     from the cache
   * @param coldStartGeneratedTokens completion tokens sampled for it here and now
   */
  public record Begun(Policy policy, double coldStartCpuSeconds, long coldStartGeneratedTokens) {}

  /** Key of the cold start in the cache; empty without one. */
  public String coldStartKey() {
    return key;
  }

  /** Refuses to train what does not learn, and to wait for it to improve, before it is opened. */
  public void checkLearns() {
    int patience = run.own().evaluation().patience();
    if (patience > 0 && !learns()) {
      throw new UserException(
          "evaluation.patience = %d ends a run whose score no longer rises, and with the %s it never does"
              .formatted(patience, run.learning().objective().title()),
          "Set evaluation.patience to 0.");
    }
    if (run.components().policy().trains()) {
      return;
    }
    if (learns()) {
      throw new UserException(
          "policy = %s writes text and cannot be trained".formatted(name()),
          ("Train another policy, such as policy=djl, and let this one distil and judge:"
                  + " --set text=%1$s --set text-model=DIR. To evaluate it: lanpo eval --run NAME"
                  + " --model DIR --set policy=%1$s. To have it collect lessons and learn nothing:"
                  + " --set objective=none.")
              .formatted(name()));
    }
    if (run.own().model().isEmpty() || ownAnswers()) {
      throw new UserException(
          "policy = %s cannot be trained, nor by a cold start".formatted(name()),
          "Name the folder that it is to be opened from, --set model=DIR, and leave out"
              + " coldstart.source.");
    }
  }

  /** Refuses rollouts of another policy than learns, without weights for that. */
  public void checkCorrection() {
    Optional<String> rounded =
        run.components().policy().roundedRollouts(run.settingsOf(ComponentKind.POLICY));
    if (rounded.isPresent() && learns() && !learning().corrects()) {
      throw new UserException(
          "%s samples completions in another precision than the policy learns in, and the %s has no"
                  .formatted(rounded.get(), run.learning().objective().title())
              + " importance weights for them",
          "Set objective.correction=when-stale, or leave out %s.".formatted(rounded.get()));
    }
  }

  /** Refuses a run that has nothing to begin with, before anything is written. */
  public void check() {
    String given = run.own().model();
    if (!given.isEmpty()) {
      ModelPlace.existing(
          RunSettings.MODEL.key(),
          given,
          "Name a checkpoint folder or a GGUF file, or leave model empty for random weights and a"
              + " cold start.");
    }
    if (given.isEmpty() && ownAnswers()) {
      throw new UserException(
          "model is empty; coldstart.source = own-answers needs a pretrained policy that answers",
          "Name its checkpoint folder: --set model=DIR.");
    }
    if (given.isEmpty()) {
      coldStarts.curriculum();
    }
  }

  /** Makes the policy; empty when a stop was asked for during the cold start. */
  public Optional<Begun> begin(RunListener listener, String id, BooleanSupplier stop) {
    if (key.isEmpty() || cache.entry(key) != null) {
      return Optional.of(new Begun(open(), 0, 0));
    }
    Optional<ColdStartCache.Entry> made =
        ownAnswers()
            ? coldStarts.fromOwnAnswers(key, openTraining(given()), listener, id, stop)
            : coldStarts.fromDemonstrations(key, listener, id, stop);
    return made.map(e -> new Begun(open(), e.cpuSeconds(), e.generatedTokens()));
  }

  /** The initial policy as it was before the first step. */
  public Policy open() {
    Policy policy = openTraining(folder());
    policy.resetOptimizer();
    return policy;
  }

  /**
   * The initial policy for the KL term.
   *
   * @param learning the policy under training, which may have its initial weights still
   */
  FrozenWeights openReference(Policy learning) {
    return learning
        .reference(folder())
        .map(scorer -> new FrozenWeights(scorer, null))
        .orElseGet(() -> FrozenWeights.of(openTraining(folder())));
  }

  /** The policy of a checkpoint; of a run that does not learn, as before the first step. */
  public Policy resume(CheckpointRecord checkpoint) {
    return learns() ? openTraining(run.folder().checkpoints().folder(checkpoint.folder())) : open();
  }

  /** Whether the run changes the policy, so that each checkpoint has it. */
  public boolean learns() {
    return learning().learns();
  }

  /** A policy in the middle of training, optimiser state included. */
  public Policy openTraining(Path folder) {
    return run.components().policy().open(folder, run.settingsOf(ComponentKind.POLICY));
  }

  /** The memory that the policy takes, as it stands: in training, begun, or yet to be made. */
  @Override
  public MemoryEstimate memory(Workload workload) {
    PolicyBackend backend = run.components().policy();
    Settings settings = run.settingsOf(ComponentKind.POLICY);
    return existing()
        .map(folder -> backend.memory(folder, settings, workload))
        .orElseGet(
            () -> backend.memory(coldStarts.newTokenizer().vocabularySize(), settings, workload));
  }

  @Override
  public MemoryEstimate reference(Workload workload) {
    boolean there = key.isEmpty() || cache.entry(key) != null;
    return there
        ? run.components()
            .policy()
            .referenceMemory(folder(), run.settingsOf(ComponentKind.POLICY), workload)
        : memory(workload);
  }

  @Override
  public boolean startsCold() {
    return !key.isEmpty() && cache.entry(key) == null && run.folder().newestCheckpoint() == null;
  }

  @Override
  public Tokenizer tokenizer() {
    TokenizerService.Options options =
        TokenizerService.Options.of(run.settingsOf(ComponentKind.POLICY));
    return existing()
        .map(folder -> tokenizers.open(folder, options))
        .orElseGet(coldStarts::newTokenizer);
  }

  /** The folder in which the policy stands; empty when it is yet to be made. */
  private Optional<Path> existing() {
    CheckpointRecord checkpoint = run.folder().newestCheckpoint();
    if (checkpoint != null && learns()) {
      return Optional.of(run.folder().checkpoints().folder(checkpoint.folder()));
    }
    if (!key.isEmpty() && cache.entry(key) != null) {
      return Optional.of(cache.policy(key));
    }
    return run.own().model().isEmpty() ? Optional.empty() : Optional.of(given());
  }

  /** What is replayed; null when there is nothing. */
  public @Nullable Demonstrations demonstrations(Tokenizer tokenizer) {
    if (!run.learning().objective().instance().needsDemonstrations()) {
      return null;
    }
    if (!key.isEmpty() && ownAnswers()) {
      return new SampledDemonstrations(cache.demonstrations(key));
    }
    return run.parts()
        .task()
        .curriculum()
        .map(curriculum -> new TaskDemonstrations(curriculum, tokenizer))
        .orElse(null);
  }

  private Objective.Learning learning() {
    return run.learning().objective().instance();
  }

  private String name() {
    return run.components().pin(ComponentKind.POLICY).name();
  }

  private Path folder() {
    return key.isEmpty() ? given() : cache.policy(key);
  }

  private Path given() {
    return Path.of(run.own().model());
  }

  private boolean ownAnswers() {
    return run.own().coldStart().source() == ColdStartSettings.Source.OWN_ANSWERS;
  }

  private String newKey() {
    return run.own().model().isEmpty() || ownAnswers() ? ColdStartKey.of(run) : "";
  }
}
