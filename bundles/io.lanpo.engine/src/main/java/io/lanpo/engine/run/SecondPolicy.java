package io.lanpo.engine.run;

import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.MemoryEstimate;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.PolicyBackend;
import io.lanpo.api.policy.Tokenizer;
import io.lanpo.api.policy.TokenizerService;
import io.lanpo.api.policy.Workload;
import io.lanpo.engine.config.ComponentKind;
import io.lanpo.engine.config.TextSettings;
import io.lanpo.engine.method.TextPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The policy for text of a run, before it is opened; perhaps the run has none. */
final class SecondPolicy {
  private final PinnedComponents components;
  private final Settings all;
  private final TextSettings settings;

  SecondPolicy(PreparedRun run) {
    this.components = run.components();
    this.all = run.settings();
    this.settings = run.own().text();
  }

  /** Refuses a policy for text without a folder to open it from, before anything is opened. */
  static void check(RunPreparation.Resolved resolved) {
    PinnedComponents components = resolved.components();
    if (!components.has(ComponentKind.TEXT)) {
      return;
    }
    String name = components.pin(ComponentKind.TEXT).name();
    String folder = resolved.settings().text(TextSettings.MODEL);
    if (folder.isEmpty()) {
      throw new UserException(
          "text = %s, but %s is empty".formatted(name, TextSettings.MODEL),
          ("Name the folder of its checkpoint, or of tokenizer.json, tokenizer_config.json and config.json of"
                  + " the model that its server has: --set %s=DIR.")
              .formatted(TextSettings.MODEL));
    }
    if (!Files.isDirectory(Path.of(folder))) {
      throw new UserException(
          "%s = %s is not a folder".formatted(TextSettings.MODEL, Path.of(folder).toAbsolutePath()),
          "Name the folder with the tokenizer of the policy for text, or leave text empty.");
    }
  }

  boolean there() {
    return components.has(ComponentKind.TEXT);
  }

  /** Opens it; a server is asked now whether it is there. */
  TextPolicy open() {
    if (!there()) {
      return TextPolicy.NONE;
    }
    PolicyBackend backend = components.text();
    Policy policy = words().told(() -> backend.open(folder(), own()));
    return TextPolicy.of(
        new WritingPolicy(policy, words()),
        words().name() + ":" + policy.info().family(),
        settings,
        policy::close);
  }

  /** Opens it if it answers the similarity filter: an evaluation needs it for nothing else. */
  TextPolicy openToJudge() {
    return settings.judges() ? open() : TextPolicy.NONE;
  }

  /** The memory that it takes of this machine; without parts when there is none, or a server. */
  MemoryEstimate memory(Workload workload) {
    if (!there()) {
      return new MemoryEstimate(List.of());
    }
    PolicyBackend backend = components.text();
    MemoryEstimate estimate = words().told(() -> backend.memory(folder(), own(), workload));
    return new MemoryEstimate(
        estimate.parts().stream()
            .map(
                part ->
                    new MemoryEstimate.Part(
                        "policy for text: " + part.name(),
                        part.bytes(),
                        TextWords.inOurKeys(part.advice())))
            .toList());
  }

  Tokenizer tokenizer(TokenizerService tokenizers) {
    return tokenizers.open(folder());
  }

  private TextWords words() {
    return new TextWords(components.pin(ComponentKind.TEXT).name());
  }

  private Path folder() {
    return Path.of(settings.model());
  }

  private Settings own() {
    return PreparedRun.of(ComponentKind.TEXT, components.text(), all);
  }
}
