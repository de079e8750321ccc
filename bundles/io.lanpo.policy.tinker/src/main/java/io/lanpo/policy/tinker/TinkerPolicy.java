package io.lanpo.policy.tinker;

import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.AdamW;
import io.lanpo.api.policy.Completion;
import io.lanpo.api.policy.GenerationRequest;
import io.lanpo.api.policy.Loss;
import io.lanpo.api.policy.LossTerm;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.PolicyInfo;
import io.lanpo.api.policy.Sampler;
import io.lanpo.api.policy.Sequence;
import io.lanpo.api.policy.Tokenizer;
import io.lanpo.api.policy.TrainingExample;
import io.lanpo.api.policy.UpdateReport;
import io.lanpo.policy.tinker.protocol.RemoteModel;
import io.lanpo.policy.tinker.train.Trainer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A policy on a server. Checks what it is asked and leaves the work to its parts. */
final class TinkerPolicy implements Policy {
  private static final Logger LOG = LoggerFactory.getLogger(TinkerPolicy.class);

  private final Connection connection;
  private final ModelFolder folder;
  private final Tokenizer tokenizer;
  private final RemoteModel model;
  private final int[] ends;
  private final Trainer trainer;
  private final PolicyInfo info;
  private final ContextLimit context;
  private final boolean export;
  private long version;

  /**
   * @param version updates the model has seen
   * @param export whether checkpoints get the weights for sampling
   */
  TinkerPolicy(
      Connection connection,
      ModelFolder folder,
      Tokenizer tokenizer,
      RemoteModel model,
      Trainer trainer,
      ContextLimit context,
      long version,
      boolean export) {
    this.connection = connection;
    this.folder = folder;
    this.tokenizer = tokenizer;
    this.model = model;
    this.trainer = trainer;
    this.version = version;
    this.export = export;
    this.context = context;
    this.ends =
        IntStream.concat(Arrays.stream(folder.ends()), IntStream.of(tokenizer.endToken()))
            .distinct()
            .sorted()
            .toArray();
    this.info =
        new PolicyInfo(
            folder.family(), 0, context.tokens(), "server " + connection.server().endpoint());
  }

  @Override
  public PolicyInfo info() {
    return info;
  }

  @Override
  public Tokenizer tokenizer() {
    return tokenizer;
  }

  @Override
  public long version() {
    return version;
  }

  @Override
  public List<List<Completion>> generate(List<GenerationRequest> requests) {
    return requests.isEmpty() ? List.of() : session().generate(requests);
  }

  @Override
  public List<List<Completion>> generate(List<GenerationRequest> requests, Arrival arrival) {
    return requests.isEmpty() ? List.of() : session().generate(requests, arrival);
  }

  @Override
  public Optional<Sampler> sampler() {
    return Optional.of(session());
  }

  private SessionSampler session() {
    return new SessionSampler(
        connection.server(), connection.sampling(), tokenizer, ends, context, model, version);
  }

  @Override
  public List<float[]> logProbs(List<Sequence> sequences, double temperature) {
    checkTemperature(temperature);
    sequences.forEach(s -> context.check(s.prompt().length, s.completion().length));
    return sequences.isEmpty() ? List.of() : trainer.logProbs(model, sequences);
  }

  @Override
  public UpdateReport update(List<LossTerm> terms, AdamW optimizer) {
    for (LossTerm term : terms) {
      if (!term.examples().isEmpty()) {
        check(term);
      }
      for (TrainingExample example : term.examples()) {
        context.check(example.sequence().prompt().length, example.sequence().completion().length);
      }
    }
    UpdateReport report = trainer.update(model, terms, optimizer);
    if (!report.terms().isEmpty()) {
      version++;
    }
    return report;
  }

  private static void check(LossTerm term) {
    if (term.loss() instanceof Loss.Custom custom) {
      checkTemperature(custom.temperature());
    } else if (term.loss() instanceof Loss.ClippedSurrogate surrogate) {
      check(term, surrogate);
    }
  }

  private static void check(LossTerm term, Loss.ClippedSurrogate surrogate) {
    checkTemperature(surrogate.temperature());
    refuseUnless(
        surrogate.klCoefficient() == 0, "objective.kl", surrogate.klCoefficient(), "KL penalty");
    refuseUnless(
        surrogate.dualClip() == Double.POSITIVE_INFINITY,
        "objective.dual-clip",
        surrogate.dualClip(),
        "dual clip");
    refuseUnless(
        surrogate.entropyCoefficient() == 0,
        "objective.entropy",
        surrogate.entropyCoefficient(),
        "entropy bonus");
    if (term.examples().stream().anyMatch(example -> example.advantages().length == 0)) {
      throw new IllegalArgumentException("term " + term.name() + " lacks advantages");
    }
  }

  private static void refuseUnless(boolean neutral, String key, double value, String what) {
    if (!neutral) {
      throw new UserException(
          "%s = %s: the losses of the Tinker protocol have no %s".formatted(key, value, what),
          "Set it to 0, take an objective with a loss of its own, or train with policy=djl.");
    }
  }

  private static void checkTemperature(double temperature) {
    if (temperature != 1) {
      throw new UserException(
          "the Tinker protocol scores at temperature 1, not at " + temperature,
          "Set sampling.temperature=1, or train with policy=djl.");
    }
  }

  @Override
  public void save(Path target) {
    RemoteModel.Origin origin = model.origin();
    ModelFolder.Pointer pointer =
        new ModelFolder.Pointer(
            connection.server().endpoint().toString(),
            origin.base(),
            origin.rank(),
            model.save(),
            version);
    folder.write(target, pointer, tokenizer::save, export ? model.archive() : new byte[0]);
  }

  @Override
  public void resetOptimizer() {
    model.resetOptimizer();
  }

  @Override
  public void close() {
    try (connection) {
      model.unload();
    } catch (UserException e) {
      LOG.debug("the model stays on the server: {}", e.getMessage());
    }
  }
}
