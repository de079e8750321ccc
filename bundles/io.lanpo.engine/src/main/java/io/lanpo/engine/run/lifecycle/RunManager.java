package io.lanpo.engine.run.lifecycle;

import io.lanpo.api.component.Secrets;
import io.lanpo.api.component.Setting;
import io.lanpo.api.component.UserException;
import io.lanpo.api.objective.Objective;
import io.lanpo.api.policy.Sampling;
import io.lanpo.api.policy.TokenizerService;
import io.lanpo.api.train.EvaluationReport;
import io.lanpo.api.train.EvaluationRequest;
import io.lanpo.api.train.Installation;
import io.lanpo.api.train.RunHandle;
import io.lanpo.api.train.RunListener;
import io.lanpo.api.train.RunNotes;
import io.lanpo.api.train.RunState;
import io.lanpo.api.train.RunSummary;
import io.lanpo.api.train.TrainingService;
import io.lanpo.engine.config.ConfigurationSource;
import io.lanpo.engine.config.HiddenValues;
import io.lanpo.engine.config.RunConfigurations;
import io.lanpo.engine.config.RunSettings;
import io.lanpo.engine.config.SamplingSettings;
import io.lanpo.engine.generate.AuxiliaryPolicy;
import io.lanpo.engine.run.components.ComponentPins;
import io.lanpo.engine.run.components.PinnedComponents;
import io.lanpo.engine.run.evaluate.Evaluations;
import io.lanpo.engine.run.folder.Manifest;
import io.lanpo.engine.run.folder.RunFolder;
import io.lanpo.engine.run.folder.RunListing;
import io.lanpo.engine.run.folder.RunRecord;
import io.lanpo.engine.run.folder.RunsFolder;
import io.lanpo.engine.run.memory.MemoryCheck;
import io.lanpo.engine.run.memory.MemoryNeed;
import io.lanpo.engine.run.policy.AuxiliaryBackend;
import io.lanpo.engine.run.policy.ColdStartCache;
import io.lanpo.engine.run.policy.InitialPolicy;
import io.lanpo.engine.run.preparation.ObjectiveValues;
import io.lanpo.engine.run.preparation.PreparedRun;
import io.lanpo.engine.run.preparation.ResolvedConfiguration;
import io.lanpo.engine.run.preparation.RunPreparation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The training service: every run of this process, and the folder of all runs. */
@Component(service = TrainingService.class)
public final class RunManager implements TrainingService {
  private static final Logger LOG = LoggerFactory.getLogger(RunManager.class);

  /** How long a step may go on once the process is to end. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final TokenizerService tokenizers;
  private final RunConfigurations configurations;
  private final RunPreparation preparation;
  private final ColdStartCache coldStarts;
  private final Evaluations evaluations;
  private final RunsFolder runs;
  private final Map<String, ActiveRun> active = new ConcurrentHashMap<>();

  /**
   * @param context knows the folders of the installation
   */
  @Activate
  public RunManager(
      BundleContext context,
      @Reference ComponentPins pins,
      @Reference TokenizerService tokenizers) {
    this.tokenizers = tokenizers;
    Installation installation = Installation.of(context::getProperty);
    this.configurations = new RunConfigurations(installation.configs());
    this.runs = new RunsFolder(installation.runs());
    Path var = installation.var();
    this.preparation = new RunPreparation(pins, installation);
    this.coldStarts = new ColdStartCache(var.resolve("cold-starts"));
    this.evaluations =
        new Evaluations(preparation, tokenizers, coldStarts, var.resolve("evaluations"));
  }

  /**
   * Stops the runs of this process, at their next step boundary if that comes soon, and waits for
   * them: the libraries in which they compute are about to go.
   */
  @Deactivate
  void stopAll() {
    active.values().forEach(ActiveRun::requestStop);
    for (ActiveRun run : active.values()) {
      try {
        run.stopWithin(PATIENCE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException | Error e) {
        // The run has recorded its failure; whoever started it has heard of it.
        continue;
      }
    }
  }

  @Override
  public List<String> configurations() {
    return configurations.names();
  }

  @Override
  public List<Setting<?>> settings(String configuration) {
    return explained(
        configuration, Map.of(), resolved -> RunPreparation.declared(resolved.components()));
  }

  @Override
  public Map<String, String> values(String configuration, Map<String, String> overrides) {
    return explained(configuration, overrides, resolved -> resolved.settings().asMap());
  }

  private <T> T explained(
      String configuration,
      Map<String, String> overrides,
      Function<ResolvedConfiguration, T> explanation) {
    ResolvedConfiguration resolved =
        preparation.resolve("(settings)", configurations.read(configuration), overrides);
    try (PinnedComponents components = resolved.components()) {
      return explanation.apply(resolved);
    }
  }

  @Override
  public RunHandle start(
      String configuration, Map<String, String> overrides, RunListener listener) {
    List<ConfigurationSource> files = configurations.read(configuration);
    runs.removeLeftOvers();
    coldStarts.removeLeftOvers();
    RunFolder folder = runs.create(configuration);
    try {
      return launch(folder, configuration, files, overrides, listener);
    } catch (RuntimeException e) {
      folder.removeUnbegun();
      throw e;
    }
  }

  private RunHandle launch(
      RunFolder folder,
      String configuration,
      List<ConfigurationSource> files,
      Map<String, String> overrides,
      RunListener listener) {
    String id = folder.path().getFileName().toString();
    ResolvedConfiguration asked = preparation.resolve(id, files, overrides);
    ResolvedConfiguration resolved =
        RunPreparation.chosen(asked, asked.settings().get(RunSettings.MODEL));
    preparation.pinSinks(resolved, id, files, true);
    ObjectiveValues.takenOver(resolved, files).ifPresent(LOG::warn);
    ProcessHandle process = ProcessHandle.current();
    RunRecord record =
        new RunRecord(
            RunRecord.FORMAT,
            id,
            configuration,
            Secrets.shown(resolved.overrides()),
            Secrets.shown(resolved.settings().asMap()),
            resolved.choices(),
            resolved.asked(),
            ObjectiveValues.overridden(resolved),
            RunState.RUNNING,
            0,
            resolved.settings().get(RunSettings.STEPS),
            process.pid(),
            RunRecord.startOf(process),
            Instant.now().toString(),
            "");
    return launch(folder, record, resolved, List.of(), listener);
  }

  @Override
  public RunHandle resume(String run, String checkpoint, RunListener listener) {
    return resume(run, checkpoint, Map.of(), listener);
  }

  @Override
  public RunHandle resume(
      String run, String checkpoint, Map<String, String> overrides, RunListener listener) {
    RunFolder folder = runs.find(run);
    RunRecord before = folder.record();
    RunState state = before.currentState(active.keySet());
    if (state == RunState.RUNNING) {
      throw new UserException(
          "run %s is being worked on by process %d".formatted(before.id(), before.pid()),
          "Stop it first: lanpo stop %s".formatted(before.id()));
    }
    RunRecord record = new LengthChange(before).to(overrides);
    if (state == RunState.FINISHED && record.steps() <= record.step()) {
      throw new UserException(
          "run %s is finished".formatted(record.id()),
          "Look at it with: lanpo run show %1$s. To go on: lanpo resume %1$s --set steps=%2$d"
              .formatted(record.id(), 2 * record.step()));
    }
    folder.prepareResume(checkpoint);
    folder.forgetStop();
    List<ConfigurationSource> files =
        List.of(
            HiddenValues.completed(
                folder.written(record), () -> configurations.read(record.configuration())));
    ResolvedConfiguration resolved = preparation.resolve(record.id(), files, Map.of());
    List<String> changes;
    try {
      changes = folder.requireSameComponents(resolved.components().describe());
    } catch (RuntimeException e) {
      resolved.components().close();
      throw e;
    }
    changes.forEach(change -> LOG.warn("{}", change));
    preparation.pinSinks(resolved, record.id(), files, false);
    return launch(folder, record.resumedBy(ProcessHandle.current()), resolved, changes, listener);
  }

  @Override
  public RunSummary stop(String run) {
    RunFolder folder = runs.find(run);
    RunSummary summary = new RunListing(folder).summary(active.keySet());
    if (summary.state() != RunState.RUNNING) {
      throw new UserException(
          "run %s is not running; it is %s".formatted(summary.id(), Setting.word(summary.state())),
          "");
    }
    ActiveRun here = active.get(summary.id());
    if (here != null) {
      here.requestStop();
    } else {
      folder.askToStop();
    }
    return summary;
  }

  @Override
  public List<RunSummary> runs() {
    return runs.all().stream()
        .map(this::listed)
        .sorted(Comparator.comparing(RunSummary::started).reversed())
        .toList();
  }

  /** One folder that cannot be read must not hide the others, nor be hidden. */
  private RunSummary listed(RunFolder folder) {
    RunListing listing = new RunListing(folder);
    try {
      return listing.summary(active.keySet());
    } catch (RuntimeException e) {
      return listing.damaged(
          e instanceof UserException ? String.valueOf(e.getMessage()) : e.toString());
    }
  }

  @Override
  public RunSummary run(String id) {
    return new RunListing(runs.find(id)).summary(active.keySet());
  }

  @Override
  public RunSummary note(String run, RunNotes notes) {
    RunFolder folder = runs.find(run);
    folder.notes().write(notes);
    return listed(folder);
  }

  @Override
  public EvaluationReport evaluate(EvaluationRequest request, RunListener listener) {
    return request.run().isEmpty()
        ? evaluations.ofConfiguration(
            configurations.read(request.configuration()), request, listener)
        : evaluations.ofRun(runs.find(request.run()), request, listener);
  }

  private RunHandle launch(
      RunFolder folder,
      RunRecord asked,
      ResolvedConfiguration resolved,
      List<String> changes,
      RunListener listener) {
    PreparedRun prepared = opened(folder, resolved);
    if (prepared.contamination().found()) {
      LOG.warn("{}", prepared.contamination().sentence());
    }
    RunRecord record = asked.with(prepared.contamination());
    AuxiliaryPolicy text = AuxiliaryPolicy.NONE;
    try {
      InitialPolicy initial = new InitialPolicy(prepared, tokenizers, coldStarts);
      initial.checkLearns();
      initial.check();
      initial.checkCorrection();
      checkObjective(prepared);
      LearningLength.untimely(prepared.own(), prepared.learning(), prepared.settings().asMap())
          .forEach(LOG::warn);
      if (initial.learns()) {
        warnOfCuts(prepared.own().sampling().cut());
      } else {
        LOG.info(
            "the {} leaves the policy as it is: what this run finds out goes into its pool",
            prepared.learning().objective().title());
      }
      AuxiliaryBackend auxiliary = new AuxiliaryBackend(prepared, tokenizers);
      Optional<MemoryNeed> memory =
          new MemoryCheck(
                  prepared.own(),
                  prepared.parts(),
                  prepared.fewShot(),
                  prepared.learning().objective().instance(),
                  initial,
                  auxiliary)
              .check();
      // before a cold start, which may take hours: a server that is away is reported now
      text = auxiliary.open();
      ActiveRun handle = new ActiveRun(record.id(), folder, record.choices());
      active.put(record.id(), handle);
      folder.begin(
          record,
          Manifest.of(
              prepared.components().describeAll(),
              initial.coldStartKey(),
              memory.orElse(null),
              folder.droppedSum(),
              changes));
      folder.keepResult(record.step());
      RunExecution execution =
          new RunExecution(prepared, initial, text, record, listener, handle::stopRequested);
      handle.start(
          () -> {
            try {
              execution.execute();
            } finally {
              active.remove(record.id());
            }
          });
      return handle;
    } catch (RuntimeException e) {
      active.remove(record.id());
      text.close();
      prepared.close();
      throw e;
    }
  }

  /**
   * Refuses an objective that does not go with how completions are sampled, and tells what it and
   * the distilling were given in vain.
   */
  private static void checkObjective(PreparedRun prepared) {
    SamplingSettings sampling = prepared.own().sampling();
    List<Sampling> ways =
        prepared.own().language()
            ? List.of(sampling.answer(), sampling.review())
            : List.of(sampling.answer());
    Objective.Learning objective = prepared.learning().objective().instance();
    objective.check(ways);
    objective.unused().forEach(LOG::warn);
    prepared.own().distill().unused(prepared.parts().abstraction()).forEach(LOG::warn);
  }

  private static void warnOfCuts(String cut) {
    if (!cut.isEmpty()) {
      LOG.warn(
          "{}: completions are sampled from a part of the policy's distribution, but learned from as of the whole; the"
              + " update is biased, and the probability of what is cut off can grow unseen. Train with"
              + " sampling.top-k = 0, sampling.top-p = 1 and sampling.min-p = 0, and cut when you evaluate.",
          cut);
    }
  }

  private PreparedRun opened(RunFolder folder, ResolvedConfiguration resolved) {
    try {
      return preparation.open(folder, resolved);
    } catch (RuntimeException e) {
      resolved.components().close();
      throw e;
    }
  }
}
