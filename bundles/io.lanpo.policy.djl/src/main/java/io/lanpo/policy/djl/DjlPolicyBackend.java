package io.lanpo.policy.djl;

import io.lanpo.api.component.LanpoName;
import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.Choice;
import io.lanpo.api.policy.MemoryEstimate;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.PolicyBackend;
import io.lanpo.api.policy.PolicyBackend.ModelFacts;
import io.lanpo.api.policy.Tokenizer;
import io.lanpo.api.policy.TokenizerService;
import io.lanpo.api.policy.Workload;
import io.lanpo.policy.djl.checkpoint.AdapterFolder;
import io.lanpo.policy.djl.checkpoint.Checkpoint;
import io.lanpo.policy.djl.checkpoint.CheckpointFiles;
import io.lanpo.policy.djl.checkpoint.ModelMetadata;
import io.lanpo.policy.djl.checkpoint.WeightFiles;
import io.lanpo.policy.djl.model.AdapterPlan;
import io.lanpo.policy.djl.model.DecoderShape;
import io.lanpo.policy.djl.model.Families;
import io.lanpo.policy.djl.model.Family;
import io.lanpo.policy.djl.model.LoraConfig;
import io.lanpo.policy.djl.model.ModelConfig;
import io.lanpo.policy.djl.model.WeightPlan;
import io.lanpo.policy.djl.network.MatrixPacking;
import io.lanpo.policy.djl.network.MemoryProfile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * Policies on this machine, run by DJL's PyTorch engine.
 *
 * <p>A completion's log-probabilities are those of the whole softmax at its sampling temperature,
 * also where top-k or top-p cut the distribution before sampling, and at temperature one where
 * sampling is greedy; so they are what {@link Policy#logProbs} gives for the same tokens. Of the
 * two cuts top-k comes first; top-p then keeps its share of what is left.
 *
 * <p>Rows of a vocabulary that the tokenizer has no token for (Qwen2.5: 271 of 151,936) are left
 * out alike in sampling, scoring and updates: no completion has such a token, and every softmax is
 * over the tokens there are. transformers does not do so: its log-probabilities are lower by what
 * these rows get, and it may sample them.
 *
 * <p>The same calls give the same bits. Between different batches a log-probability may differ by
 * rounding, about one part in a million; so, very rarely, may a token whose random number falls
 * between the two.
 *
 * <p>No signature here has a type of DJL: a component that is only inspected must not load the
 * native libraries.
 */
@Component(service = PolicyBackend.class, scope = ServiceScope.PROTOTYPE)
@LanpoName("djl")
public final class DjlPolicyBackend implements PolicyBackend {
  private final TokenizerService tokenizers;

  /**
   * @param tokenizers opens the tokenizer of a checkpoint
   */
  @Activate
  public DjlPolicyBackend(@Reference TokenizerService tokenizers) {
    this.tokenizers = tokenizers;
  }

  @Override
  public List<Setting<?>> settings() {
    return PolicySettings.all();
  }

  @Override
  public Optional<String> roundedRollouts(Settings settings) {
    return PolicySettings.roundedRollouts(settings);
  }

  @Override
  public List<Choice> choices(Optional<Path> checkpoint, Settings settings) {
    PolicySettings.checkRollouts(settings);
    return checkpoint
        .map(folder -> precision(Checkpoint.config(Checkpoint.locate(folder)), settings))
        .orElseGet(() -> PolicySettings.precision(settings))
        .stream()
        .toList();
  }

  private static Optional<Choice> precision(ModelConfig config, Settings settings) {
    Family family = Families.of(config);
    return PolicySettings.precision(settings, family, plan(config, family.shape(config)));
  }

  @Override
  public Optional<ModelFacts> describe(Path checkpoint, Settings settings) {
    Path folder = Checkpoint.locate(checkpoint);
    ModelConfig config = ModelConfig.read(folder);
    Family family = Families.of(config);
    DecoderShape shape = family.shape(config);
    WeightPlan plan = plan(config, shape);
    AdapterPlan adapters = new AdapterPlan(shape, LoraConfig.of(settings));
    try (CheckpointFiles files = CheckpointFiles.open(folder, plan, adapters)) {
      return Optional.of(
          new ModelFacts(family.modelType(), plan.parameters(), shape.context(), files.storedAs()));
    }
  }

  @Override
  public Policy create(Settings settings, Tokenizer tokenizer, long seed) {
    LoraConfig lora = LoraConfig.of(settings);
    if (lora.enabled()) {
      String rank = settings.key(LoraConfig.RANK);
      throw new UserException(
          "%s = %d asks for adapters, but a new model has nothing to adapt"
              .formatted(rank, lora.rank()),
          "Set model to a checkpoint folder, or %s=0.".formatted(rank));
    }
    Family family = PolicySettings.family(settings);
    DecoderShape shape = family.shape(PolicySettings.sizes(settings, tokenizer.vocabularySize()));
    DjlPolicy policy =
        policy(
            family,
            ModelMetadata.of(family, shape, tokenizer),
            shape,
            tokenizer,
            PolicySettings.with(settings, PolicySettings.precision(settings)));
    policy.initialize(seed);
    return policy;
  }

  @Override
  public Policy open(Path checkpoint, Settings settings) {
    Path folder = Checkpoint.locate(checkpoint);
    ModelConfig config = Checkpoint.config(folder);
    LoraConfig lora = LoraConfig.of(settings);
    Family family = Families.of(config);
    if (lora.enabled() && !family.adaptable()) {
      String rank = settings.key(LoraConfig.RANK);
      throw new UserException(
          "%s = %d asks for adapters, which the family %s does not have"
              .formatted(rank, lora.rank(), family.name()),
          "Set %s=0, or take a checkpoint of another family.".formatted(rank));
    }
    DecoderShape shape = family.shape(config);
    Tokenizer tokenizer = tokenizers.open(folder, TokenizerService.Options.of(settings));
    if (tokenizer.vocabularySize() > shape.vocabulary()) {
      throw new UserException(
          "%s: vocab_size = %d, but the tokenizer beside it has %d tokens"
              .formatted(config.file(), shape.vocabulary(), tokenizer.vocabularySize()),
          "Take the tokenizer that belongs to the model.");
    }
    ModelMetadata metadata =
        ModelMetadata.of(folder, config, tokenizer.vocabularySize(), base(folder, lora, settings));
    AdapterPlan adapters = new AdapterPlan(shape, lora);
    try (CheckpointFiles files = CheckpointFiles.open(folder, plan(config, shape), adapters)) {
      DecoderShape known = shape.withTokens(tokenizer.vocabularySize());
      Settings chosen = PolicySettings.with(settings, precision(config, settings));
      DjlPolicy policy = policy(family, metadata, known, tokenizer, chosen);
      try {
        policy.restore(files);
        return policy;
      } catch (RuntimeException e) {
        policy.close();
        throw e;
      }
    }
  }

  private static WeightPlan plan(ModelConfig config, DecoderShape shape) {
    try {
      return new WeightPlan(shape);
    } catch (ArithmeticException e) {
      throw new UserException(
          config.file()
              + ": vocab_size, hidden_size, intermediate_size or the heads make a matrix of 2^31"
              + " numbers or more",
          "Take another copy of the checkpoint.",
          e);
    }
  }

  /** The folder of the weights that adapters are for. */
  private static Path base(Path folder, LoraConfig lora, Settings settings) {
    AdapterFolder adapters = new AdapterFolder(folder);
    if (adapters.exists() && lora.enabled()) {
      return adapters.base(lora, settings);
    }
    boolean whole =
        Files.exists(folder.resolve(WeightFiles.SINGLE))
            || Files.exists(folder.resolve(WeightFiles.INDEX));
    if (adapters.exists() && !whole) {
      throw adapters.needsAdapters(settings);
    }
    return folder;
  }

  @Override
  public MemoryEstimate memory(Path checkpoint, Settings settings, Workload workload) {
    ModelConfig config = Checkpoint.config(Checkpoint.locate(checkpoint));
    Family family = Families.of(config);
    DecoderShape shape = family.shape(config);
    WeightPlan plan = plan(config, shape);
    Settings chosen = PolicySettings.with(settings, precision(config, settings));
    return memory(shape, plan, family.adaptable(), chosen, workload);
  }

  /** Adapters that are new in training leave the reference in the weights under them. */
  @Override
  public MemoryEstimate referenceMemory(Path checkpoint, Settings settings, Workload workload) {
    Path folder = Checkpoint.locate(checkpoint);
    return LoraConfig.of(settings).enabled() && AdapterFolder.bare(folder, folder)
        ? new MemoryEstimate(List.of())
        : memory(checkpoint, settings, workload);
  }

  @Override
  public MemoryEstimate memory(int vocabulary, Settings settings, Workload workload) {
    Family family = PolicySettings.family(settings);
    DecoderShape shape = family.shape(PolicySettings.sizes(settings, vocabulary));
    return memory(shape, new WeightPlan(shape), false, settings, workload);
  }

  private static MemoryEstimate memory(
      DecoderShape shape,
      WeightPlan plan,
      boolean adaptable,
      Settings settings,
      Workload workload) {
    LoraConfig lora = LoraConfig.of(settings);
    long weights = plan.elements();
    long trained = lora.enabled() ? new AdapterPlan(shape, lora).elements() : weights;
    return new MemoryEstimator(
            shape,
            weights,
            trained,
            adaptable,
            MatrixPacking.minRows(plan, lora),
            MemoryProfile.of(plan),
            settings,
            workload)
        .estimate();
  }

  private static DjlPolicy policy(
      Family family,
      ModelMetadata metadata,
      DecoderShape shape,
      Tokenizer tokenizer,
      Settings settings) {
    return new DjlPolicy(
        family.name(),
        metadata,
        tokenizer,
        PolicySettings.network(settings, shape),
        PolicySettings.limits(settings));
  }
}
