package io.lanpo.experiment;

import io.lanpo.api.component.UserException;
import io.lanpo.api.experiment.Experiment;
import io.lanpo.api.experiment.ExperimentOutcome;
import io.lanpo.api.experiment.ExperimentOutcome.Cell;
import io.lanpo.api.experiment.ExperimentOutcome.Row;
import io.lanpo.api.experiment.ExperimentRequest;
import io.lanpo.api.train.Installation;
import io.lanpo.api.train.RunListener;
import io.lanpo.api.train.TrainingService;
import io.lanpo.experiment.plan.ExperimentFile;
import io.lanpo.experiment.plan.ExperimentPlan;
import io.lanpo.experiment.plan.Variant;
import io.lanpo.experiment.report.Report;
import io.lanpo.experiment.result.Budget;
import io.lanpo.experiment.result.Mean;
import io.lanpo.experiment.result.Results;
import io.lanpo.experiment.run.RunFinder;
import io.lanpo.experiment.run.RunLauncher;
import io.lanpo.experiment.run.RunScheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** An experiment and its folder, which is locked against other processes while it runs. */
final class ExperimentRunner implements Experiment {
  private final ExperimentPlan whole;
  private final RunFinder book;
  private final RunScheduler execution;
  private final Path folder;

  private ExperimentRunner(
      ExperimentPlan whole, RunFinder book, RunScheduler execution, Path folder) {
    this.whole = whole;
    this.book = book;
    this.execution = execution;
    this.folder = folder;
  }

  /**
   * Checks an experiment.
   *
   * @throws UserException when something is not allowed
   */
  static ExperimentRunner of(
      ExperimentFile file,
      ExperimentRequest request,
      TrainingService training,
      Installation installation) {
    ExperimentPlan chosen = ExperimentPlan.of(file, request, training);
    // a report is about all variants, whichever are run now
    ExperimentPlan whole =
        ExperimentPlan.of(
            file,
            new ExperimentRequest(
                request.name(), request.overrides(), List.of(), request.seeds(), 0, 0),
            training);
    RunFinder book = new RunFinder(training);
    book.find(whole.runs());
    Path folder = installation.runs().resolve("experiments").resolve(whole.name());
    RunScheduler execution =
        new RunScheduler(
            chosen,
            training,
            RunLauncher.of(installation),
            folder,
            request.processes() > 0 ? request.processes() : file.processes(),
            request.memoryBytes() > 0 ? request.memoryBytes() : file.memoryBytes());
    return new ExperimentRunner(whole, book, execution, folder);
  }

  @Override
  public Path folder() {
    return folder;
  }

  @Override
  public ExperimentOutcome run(RunListener listener) throws InterruptedException {
    try (FileChannel lock = lock()) {
      execution.run(listener);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return report();
  }

  @Override
  public ExperimentOutcome report() {
    Results results = Results.read(whole, book.find(whole.runs()));
    Report.write(results, execution.failures(), folder);
    List<Row> rows = new ArrayList<>();
    for (Variant variant : whole.variants()) {
      List<Cell> cells = new ArrayList<>();
      for (Budget budget : Budget.values()) {
        Mean mean = results.mean(variant, budget);
        cells.add(new Cell(budget.word(), mean.mean(), mean.se(), mean.number()));
      }
      rows.add(new Row(variant.name(), cells));
    }
    return new ExperimentOutcome(
        whole.name(),
        whole.runs().size(),
        results.finished(),
        execution.failures(),
        rows,
        folder.resolve("report.html"),
        folder.resolve("report.md"));
  }

  @Override
  public void requestStop() {
    execution.requestStop();
  }

  private FileChannel lock() {
    Path file = folder.resolve("lock");
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!locked(channel)) {
        channel.close();
        throw new UserException(
            "the experiment %s is running in another process".formatted(folder.getFileName()),
            "Wait for it or stop it; a part of it can be run after that.");
      }
      return channel;
    } catch (IOException e) {
      throw new UserException(
          "%s cannot be written: %s".formatted(file, e.getMessage()),
          "Free space on that disk or allow writing there.",
          e);
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      // by this process
      return false;
    }
  }
}
