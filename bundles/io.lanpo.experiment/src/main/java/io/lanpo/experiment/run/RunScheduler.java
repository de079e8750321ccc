package io.lanpo.experiment.run;

import io.lanpo.api.train.Progress;
import io.lanpo.api.train.RunListener;
import io.lanpo.api.train.RunResult;
import io.lanpo.api.train.RunState;
import io.lanpo.api.train.RunSummary;
import io.lanpo.api.train.TrainingService;
import io.lanpo.experiment.plan.ExperimentPlan;
import io.lanpo.experiment.plan.PlannedRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what is left of a plan: new runs are started, stopped and interrupted ones are
 * resumed, finished ones are left alone. A run that fails does not keep the others from running.
 *
 * <p>Variants may share a cold start, which the first of them computes and the others find in the
 * cache. So of one seed only one run at a time is allowed into its cold start.
 */
public final class RunScheduler {
  private static final long POLL_MILLIS = 1000;

  private final ExperimentPlan plan;
  private final TrainingService training;
  private final RunFinder book;
  private final RunLauncher launcher;
  private final Path folder;
  private final int processes;
  private final MemoryBudget memory;
  private final long pollMillis;
  private final CountDownLatch stop = new CountDownLatch(1);

  private final List<PlannedRun> waiting = new ArrayList<>();
  private final Map<PlannedRun, Active> active = new LinkedHashMap<>();
  private final List<String> failures = new ArrayList<>();
  private long largest;
  private long doneSteps;
  private long doneHere;
  private int finished;

  /**
   * @param folder where the logs go
   * @param processes runs at once
   * @param memoryBytes memory that they may take together; 0 for three quarters of the machine's
   */
  public RunScheduler(
      ExperimentPlan plan,
      TrainingService training,
      RunLauncher launcher,
      Path folder,
      int processes,
      long memoryBytes) {
    this(plan, training, launcher, folder, processes, memoryBytes, POLL_MILLIS);
  }

  RunScheduler(
      ExperimentPlan plan,
      TrainingService training,
      RunLauncher launcher,
      Path folder,
      int processes,
      long memoryBytes,
      long pollMillis) {
    this.plan = plan;
    this.training = training;
    this.book = new RunFinder(training);
    this.launcher = launcher;
    this.folder = folder;
    this.processes = processes;
    this.memory = MemoryBudget.of(memoryBytes);
    this.pollMillis = pollMillis;
  }

  /**
   * A run under way.
   *
   * @param process works on it; null when it is a process that this one has not started
   * @param stranger such a process, while its run's folder may not be there yet
   * @param from steps it had when it was started or resumed
   */
  private record Active(@Nullable RunProcess process, Optional<ProcessHandle> stranger, int from) {}

  /** Asks for the end; returns at once. */
  public void requestStop() {
    stop.countDown();
  }

  /** Runs that failed, one sentence each. */
  public List<String> failures() {
    return List.copyOf(failures);
  }

  /**
   * Runs to the end or to a stop.
   *
   * @throws InterruptedException when the thread is interrupted; the runs under way are stopped
   */
  public void run(RunListener listener) throws InterruptedException {
    Map<PlannedRun, RunSummary> begun = new HashMap<>(book.find(plan.runs()));
    for (PlannedRun run : plan.runs()) {
      RunSummary summary = begun.get(run);
      if (summary != null && summary.state() == RunState.FINISHED) {
        finished++;
        doneSteps += run.steps();
        remember(summary);
      } else if (summary != null && summary.state() == RunState.RUNNING) {
        active.put(run, new Active(null, Optional.empty(), summary.step()));
      } else {
        Optional<ProcessHandle> started = RunProcess.pidFile(log(run)).alive();
        if (started.isPresent()) {
          active.put(run, new Active(null, started, 0));
        } else {
          waiting.add(run);
        }
      }
    }
    long begin = System.nanoTime();
    try {
      while (!waiting.isEmpty() || !active.isEmpty()) {
        refresh(begun);
        settle(begun);
        if (stop.getCount() == 0) {
          waiting.clear();
          active.values().removeIf(one -> one.process() == null);
        } else {
          startMore(begun);
        }
        if (!active.isEmpty()) {
          report(listener, begun, begin);
          if (stop.await(pollMillis, TimeUnit.MILLISECONDS)) {
            active.values().forEach(RunScheduler::stop);
            TimeUnit.MILLISECONDS.sleep(pollMillis);
          }
        }
      }
    } finally {
      // whatever came in between, no process is left behind
      active.values().forEach(RunScheduler::stop);
    }
  }

  private static void stop(Active one) {
    RunProcess process = one.process();
    if (process != null) {
      process.stop();
    }
  }

  /** Looks at the runs under way, and at all others only while one of those is yet to appear. */
  private void refresh(Map<PlannedRun, RunSummary> begun) {
    for (PlannedRun run : active.keySet()) {
      RunSummary known = begun.get(run);
      if (known == null) {
        begun.putAll(book.find(plan.runs()));
        return;
      }
      begun.put(run, training.run(known.id()));
    }
  }

  /** Takes note of runs that have ended. */
  private void settle(Map<PlannedRun, RunSummary> begun) {
    Iterator<Map.Entry<PlannedRun, Active>> all = active.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<PlannedRun, Active> entry = all.next();
      PlannedRun run = entry.getKey();
      RunProcess process = entry.getValue().process();
      RunSummary summary = begun.get(run);
      boolean foreignAlive =
          process == null
              && (entry.getValue().stranger().filter(ProcessHandle::isAlive).isPresent()
                  || (summary != null && summary.state() == RunState.RUNNING));
      if (foreignAlive || (process != null && process.alive())) {
        continue;
      }
      all.remove();
      // what was read before the process ended may be old
      RunSummary now = summary == null ? null : training.run(summary.id());
      if (now != null && now.state() == RunState.FINISHED) {
        finished++;
        doneSteps += run.steps();
        doneHere += run.steps() - entry.getValue().from();
        remember(now);
      } else if (stop.getCount() > 0) {
        failures.add(
            "%s: %s"
                .formatted(
                    run.title(),
                    now == null || now.message().isEmpty()
                        ? process == null ? "ended without a result" : process.lastWords()
                        : now.message()));
      }
    }
  }

  private void startMore(Map<PlannedRun, RunSummary> begun) {
    Iterator<PlannedRun> candidates = waiting.iterator();
    while (candidates.hasNext() && active.size() < processes) {
      PlannedRun run = candidates.next();
      if (inColdStart(run.seed(), begun)) {
        continue;
      }
      RunSummary summary = begun.get(run);
      long own = summary == null ? 0 : new RunFolder(summary.folder()).estimatedBytes();
      if (!memory.admits(needs(begun), own > 0 ? own : largest)) {
        return;
      }
      candidates.remove();
      Path log = log(run);
      RunProcess process =
          summary == null
              ? RunProcess.train(launcher, run.base(), run.overrides(), log)
              : RunProcess.resume(launcher, summary.id(), log);
      active.put(run, new Active(process, Optional.empty(), summary == null ? 0 : summary.step()));
    }
  }

  private Path log(PlannedRun run) {
    return folder.resolve("logs").resolve("%s-%d.log".formatted(run.variant().name(), run.seed()));
  }

  /** Whether a run of this seed may still be in its cold start. */
  private boolean inColdStart(long seed, Map<PlannedRun, RunSummary> begun) {
    return active.keySet().stream()
        .filter(run -> run.seed() == seed)
        .anyMatch(
            run -> {
              RunSummary summary = begun.get(run);
              return summary == null || !new RunFolder(summary.folder()).pastColdStart();
            });
  }

  /** What the runs under way take, in bytes; 0 for one that has not said yet. */
  private Collection<Long> needs(Map<PlannedRun, RunSummary> begun) {
    List<Long> needs = new ArrayList<>();
    for (PlannedRun run : active.keySet()) {
      RunSummary summary = begun.get(run);
      long estimate = summary == null ? 0 : new RunFolder(summary.folder()).estimatedBytes();
      largest = Math.max(largest, estimate);
      needs.add(estimate > 0 || summary == null ? estimate : largest);
    }
    return needs;
  }

  private void remember(RunSummary summary) {
    RunResult result = summary.result();
    if (result != null) {
      largest =
          Math.max(largest, Math.max(result.peakMemoryBytes(), result.estimatedMemoryBytes()));
    }
  }

  private void report(RunListener listener, Map<PlannedRun, RunSummary> begun, long begin) {
    long total = plan.runs().stream().mapToLong(PlannedRun::steps).sum();
    long under = 0;
    long here = doneHere;
    for (Map.Entry<PlannedRun, Active> entry : active.entrySet()) {
      RunSummary summary = begun.get(entry.getKey());
      int step = summary == null ? entry.getValue().from() : summary.step();
      under += step;
      here += Math.max(0, step - entry.getValue().from());
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    long left = total - doneSteps - under;
    Duration remaining =
        here == 0 ? Duration.ZERO : Duration.ofSeconds((long) (seconds / here * left));
    String phase =
        active.keySet().stream().map(PlannedRun::title).collect(Collectors.joining("; "));
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("runs finished", (double) finished);
    figures.put("of", (double) plan.runs().size());
    if (!failures.isEmpty()) {
      figures.put("failed", (double) failures.size());
    }
    listener.progressed(
        new Progress(plan.name(), phase, doneSteps + under, total, remaining, figures));
  }
}
