package io.lanpo.engine.run.policy;

import io.lanpo.api.component.Settings;
import io.lanpo.api.policy.MemoryEstimate;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.PolicyBackend;
import io.lanpo.api.policy.Tokenizer;
import io.lanpo.api.policy.TokenizerService;
import io.lanpo.api.policy.Workload;
import io.lanpo.engine.config.ComponentKind;
import io.lanpo.engine.config.TextSettings;
import io.lanpo.engine.generate.AuxiliaryPolicy;
import io.lanpo.engine.run.components.PinnedComponents;
import io.lanpo.engine.run.memory.MemoryUser;
import io.lanpo.engine.run.preparation.PreparedRun;
import java.nio.file.Path;
import java.util.List;

/** The policy for text of a run, before it is opened; perhaps the run has none. */
public final class AuxiliaryBackend implements MemoryUser {
  private final TokenizerService tokenizers;
  private final PinnedComponents components;
  private final Settings all;
  private final TextSettings settings;

  public AuxiliaryBackend(PreparedRun run, TokenizerService tokenizers) {
    this.tokenizers = tokenizers;
    this.components = run.components();
    this.all = run.settings();
    this.settings = run.own().text();
  }

  boolean there() {
    return components.has(ComponentKind.TEXT);
  }

  /** Opens it; a server is asked now whether it is there. */
  public AuxiliaryPolicy open() {
    if (!there()) {
      return AuxiliaryPolicy.NONE;
    }
    PolicyBackend backend = components.text();
    Policy policy = messages().call(() -> backend.open(folder(), own()));
    return AuxiliaryPolicy.of(
        new AuxiliarySampler(policy, messages()),
        messages().name() + ":" + policy.info().family(),
        settings,
        policy::close);
  }

  /** Opens it if it answers the similarity filter: an evaluation needs it for nothing else. */
  public AuxiliaryPolicy openToJudge() {
    return settings.judges() ? open() : AuxiliaryPolicy.NONE;
  }

  /** The memory that it takes of this machine; without parts when there is none, or a server. */
  @Override
  public MemoryEstimate memory(Workload workload) {
    if (!there()) {
      return new MemoryEstimate(List.of());
    }
    PolicyBackend backend = components.text();
    MemoryEstimate estimate = messages().call(() -> backend.memory(folder(), own(), workload));
    return new MemoryEstimate(
        estimate.parts().stream()
            .map(
                part ->
                    new MemoryEstimate.Part(
                        "policy for text: " + part.name(), part.bytes(), part.advice()))
            .toList());
  }

  @Override
  public Tokenizer tokenizer() {
    return tokenizers.open(folder(), TokenizerService.Options.of(own()));
  }

  private AuxiliaryMessages messages() {
    return new AuxiliaryMessages(components.pin(ComponentKind.TEXT).name());
  }

  private Path folder() {
    return Path.of(settings.model());
  }

  private Settings own() {
    return all.under(ComponentKind.TEXT.prefix());
  }
}
