package io.lanpo.policy.djl;

import ai.djl.Device;
import ai.djl.engine.Engine;
import io.lanpo.api.component.Components;
import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.PolicyBackend;
import io.lanpo.api.policy.Tokenizer;
import io.lanpo.api.policy.TokenizerService;
import java.nio.file.Path;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;

/** Policies on this machine, run by DJL's PyTorch engine. */
@Component(
    service = PolicyBackend.class,
    scope = ServiceScope.PROTOTYPE,
    property = Components.NAME + "=djl")
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
  public List<Setting> settings() {
    return ModelSettings.all();
  }

  @Override
  public Policy create(Settings settings, Tokenizer tokenizer, long seed) {
    Family family = Families.named(settings.text(ModelSettings.FAMILY));
    DecoderShape shape = family.shape(settings, tokenizer.vocabularySize());
    DjlPolicy policy = policy(family, shape, tokenizer, settings);
    policy.initialize(seed);
    return policy;
  }

  @Override
  public Policy open(Path checkpoint, Settings settings) {
    Path folder = Checkpoint.found(checkpoint);
    ModelConfig config = ModelConfig.read(folder);
    Family family = Families.of(config);
    DecoderShape shape = family.shape(config);
    Tokenizer tokenizer = tokenizers.open(folder);
    if (tokenizer.vocabularySize() > shape.vocabulary()) {
      throw new UserException(
          "%s: vocab_size = %d, but the tokenizer beside it has %d tokens"
              .formatted(config.file(), shape.vocabulary(), tokenizer.vocabularySize()),
          "Take the tokenizer that belongs to the model.");
    }
    DjlPolicy policy = policy(family, shape, tokenizer, settings);
    try {
      policy.restore(folder);
      return policy;
    } catch (RuntimeException e) {
      policy.close();
      throw e;
    }
  }

  private static DjlPolicy policy(
      Family family, DecoderShape shape, Tokenizer tokenizer, Settings settings) {
    Device device = device(settings.text(ModelSettings.DEVICE));
    Network network = new Network(shape, device, settings.integer(ModelSettings.THREADS));
    DjlPolicy.Limits limits =
        new DjlPolicy.Limits(
            settings.integer(ModelSettings.BATCH),
            settings.integer(ModelSettings.PREFILL_TOKENS),
            settings.integer(ModelSettings.UPDATE_TOKENS));
    String name = device.isGpu() ? "gpu:" + device.getDeviceId() : "cpu";
    return new DjlPolicy(family, tokenizer, network, limits, name);
  }

  /** {@code cpu}, {@code gpu:N}, or {@code auto}. */
  private static Device device(String name) {
    int gpus = name.equals("cpu") ? 0 : Engine.getEngine("PyTorch").getGpuCount();
    if (name.equals("cpu") || (name.equals("auto") && gpus == 0)) {
      return Device.cpu();
    }
    String number = name.equals("auto") ? "0" : name.replaceFirst("^gpu:?", "");
    if (name.matches("auto|gpu(:?\\d{1,3})?")) {
      int id = number.isEmpty() ? 0 : Integer.parseInt(number);
      if (id < gpus) {
        return Device.gpu(id);
      }
      throw new UserException(
          "device = %s, but this machine has %d GPUs that PyTorch can use".formatted(name, gpus),
          "Set device to cpu or auto.");
    }
    throw new UserException(
        "device = " + name + " is not allowed; it must be cpu, auto, or gpu:0, gpu:1, …",
        "Correct the value or remove the key to get the default, cpu.");
  }
}
