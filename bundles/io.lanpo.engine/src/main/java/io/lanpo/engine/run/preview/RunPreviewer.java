package io.lanpo.engine.run.preview;

import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.Choice;
import io.lanpo.api.policy.PolicyBackend.ModelFacts;
import io.lanpo.api.policy.Tokenizer;
import io.lanpo.api.policy.TokenizerService;
import io.lanpo.api.preview.MemoryPreview;
import io.lanpo.api.preview.ModelPreview;
import io.lanpo.api.preview.RunPreviews;
import io.lanpo.api.preview.TaskPreview;
import io.lanpo.api.task.Problem;
import io.lanpo.api.train.Installation;
import io.lanpo.engine.call.GoldAnswerCheck.Refusal;
import io.lanpo.engine.config.ComponentKind;
import io.lanpo.engine.config.ModelPlace;
import io.lanpo.engine.config.RunConfigurations;
import io.lanpo.engine.config.RunSettings;
import io.lanpo.engine.run.components.ComponentPins;
import io.lanpo.engine.run.components.PinnedComponents;
import io.lanpo.engine.run.folder.RunFolder;
import io.lanpo.engine.run.memory.MemoryCheck;
import io.lanpo.engine.run.policy.AuxiliaryBackend;
import io.lanpo.engine.run.policy.ColdStartCache;
import io.lanpo.engine.run.policy.InitialPolicy;
import io.lanpo.engine.run.preparation.PreparedRun;
import io.lanpo.engine.run.preparation.ResolvedConfiguration;
import io.lanpo.engine.run.preparation.RunPreparation;
import io.lanpo.engine.run.preparation.RunPreparation.JudgedTask;
import io.lanpo.libs.files.FileTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Makes the checks of a run that is only planned, by the code that makes them for one that starts.
 */
@Component(service = RunPreviews.class)
public final class RunPreviewer implements RunPreviews {
  private static final String NAME = "(preview)";
  private static final int SHOWN = 3;

  private final TokenizerService tokenizers;
  private final RunConfigurations configurations;
  private final RunPreparation preparation;
  private final Path var;

  /**
   * @param context knows the folders of the installation
   */
  @Activate
  public RunPreviewer(
      BundleContext context,
      @Reference ComponentPins pins,
      @Reference TokenizerService tokenizers) {
    this.tokenizers = tokenizers;
    Installation installation = Installation.of(context::getProperty);
    this.configurations = new RunConfigurations(installation.configs());
    this.preparation = new RunPreparation(pins, installation);
    this.var = installation.var();
  }

  @Override
  public ModelPreview model(String configuration, Map<String, String> values) {
    ResolvedConfiguration resolved = resolve(configuration, values);
    try (PinnedComponents components = resolved.components()) {
      Settings settings = resolved.settings();
      ModelFacts facts =
          components
              .policy()
              .describe(model(settings), settings.under(ComponentKind.POLICY.prefix()))
              .orElseThrow(
                  () ->
                      new UserException(
                          "policy = %s does not look into model folders"
                              .formatted(components.pin(ComponentKind.POLICY).name()),
                          "Take a policy that learns on this machine, such as djl."));
      Tokenizer tokenizer = tokenizer(settings);
      ChatLook chat = new ChatLook(tokenizer);
      return new ModelPreview(
          facts, tokenizer.vocabularySize(), chat.template(), chat.systemTurn(), chat.thinks());
    }
  }

  @Override
  public TaskPreview task(
      String configuration, Map<String, String> values, List<String> solutions) {
    ResolvedConfiguration resolved = resolve(configuration, values);
    try (PinnedComponents components = resolved.components()) {
      JudgedTask judged = preparation.judge(resolved);
      Set<String> refused =
          judged.refusals().stream().map(Refusal::problem).collect(Collectors.toSet());
      PromptLengths lengths = new PromptLengths(tokenizer(resolved.settings()));
      return new TaskPreview(
          left(judged.task().training(), refused),
          left(judged.task().heldOut(), refused),
          judged.refusals().size(),
          judged.refusals().stream().limit(SHOWN).map(Refusal::toString).toList(),
          judged.found().exact(),
          judged.found().near(),
          judged.found().exact() > 0 ? judged.found().exactExample() : judged.found().nearExample(),
          lengths.of(judged.task()),
          lengths.of(solutions));
    }
  }

  private static int left(List<Problem> problems, Set<String> refused) {
    return (int)
        new HashSet<>(problems).stream().filter(p -> !refused.contains(p.question().id())).count();
  }

  @Override
  public MemoryPreview memory(String configuration, Map<String, String> values) {
    ResolvedConfiguration asked = resolve(configuration, values);
    ResolvedConfiguration resolved =
        RunPreparation.chosen(asked, asked.settings().get(RunSettings.MODEL));
    Path passing = var.resolve("previews").resolve(UUID.randomUUID().toString());
    try (PreparedRun run = opened(new RunFolder(passing), resolved)) {
      InitialPolicy initial =
          new InitialPolicy(run, tokenizers, new ColdStartCache(var.resolve("cold-starts")));
      List<Choice> choices =
          resolved.choices().entrySet().stream()
              .map(
                  c ->
                      new Choice(
                          c.getKey(),
                          resolved.settings().asMap().getOrDefault(c.getKey(), ""),
                          c.getValue()))
              .toList();
      return new MemoryCheck(
              run.own(),
              run.parts(),
              run.fewShot(),
              run.learning().objective().instance(),
              initial,
              new AuxiliaryBackend(run, tokenizers))
          .need()
          .map(
              need ->
                  new MemoryPreview(need.bytes(), need.availableBytes(), need.advice(), choices))
          .orElseGet(() -> new MemoryPreview(0, Long.MAX_VALUE, List.of(), choices));
    } finally {
      delete(passing);
    }
  }

  private PreparedRun opened(RunFolder folder, ResolvedConfiguration resolved) {
    try {
      return preparation.openUnjudged(folder, resolved);
    } catch (RuntimeException e) {
      resolved.components().close();
      throw e;
    }
  }

  private ResolvedConfiguration resolve(String configuration, Map<String, String> values) {
    return preparation.resolve(NAME, configurations.read(configuration), values);
  }

  private static Path model(Settings settings) {
    return ModelPlace.existing(
        RunSettings.MODEL.key(),
        settings.get(RunSettings.MODEL),
        "Name a folder with config.json, *.safetensors and tokenizer.json, or a GGUF file.");
  }

  /** The tokenizer that lays out prompts as the run will. */
  private Tokenizer tokenizer(Settings settings) {
    return tokenizers.open(
        model(settings),
        TokenizerService.Options.of(settings.under(ComponentKind.POLICY.prefix())));
  }

  private static void delete(Path folder) {
    try {
      FileTree.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
