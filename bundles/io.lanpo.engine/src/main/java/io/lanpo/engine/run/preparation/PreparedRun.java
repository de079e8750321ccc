package io.lanpo.engine.run.preparation;

import io.lanpo.api.component.Settings;
import io.lanpo.api.pool.ExperiencePool;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Task;
import io.lanpo.engine.call.Named;
import io.lanpo.engine.config.ComponentKind;
import io.lanpo.engine.config.RunSettings;
import io.lanpo.engine.generate.RunTextGenerator;
import io.lanpo.engine.lesson.LessonChoice;
import io.lanpo.engine.lesson.RelevantLessons;
import io.lanpo.engine.rollout.FeedbackComponents;
import io.lanpo.engine.rollout.MethodComponents;
import io.lanpo.engine.rollout.StepPlanner;
import io.lanpo.engine.rollout.ZeroShotPrompts;
import io.lanpo.engine.run.components.PinnedComponents;
import io.lanpo.engine.run.folder.Contamination;
import io.lanpo.engine.run.folder.RunFolder;
import io.lanpo.engine.update.LearningComponents;
import io.lanpo.engine.update.LearningRates;
import java.util.function.Function;

/**
 * A run with everything it needs open: pinned components, task, pool.
 *
 * @param folder its folder
 * @param settings the resolved configuration, component settings included
 * @param own the run's own settings, typed
 * @param components pinned
 * @param fewShot the parts of the method with the worked examples of their prompts
 * @param parts the parts of the method as the policy is trained and evaluated with them
 * @param lessons the relevant ones of the pool
 * @param learning what decides on learning
 * @param contamination what training and held-out problems have in common
 */
public record PreparedRun(
    RunFolder folder,
    Settings settings,
    RunSettings own,
    PinnedComponents components,
    MethodComponents fewShot,
    MethodComponents parts,
    RelevantLessons lessons,
    LearningComponents learning,
    Contamination contamination)
    implements AutoCloseable {

  static PreparedRun open(
      RunFolder folder,
      Settings settings,
      PinnedComponents components,
      Task task,
      Contamination contamination,
      ExperiencePool pool) {
    RunSettings own = RunSettings.of(settings);
    RunTextGenerator policy = new RunTextGenerator();
    MethodComponents fewShot =
        new MethodComponents(
            task,
            components.verifier(),
            components.reflection(),
            components.abstraction(),
            components
                .similarity()
                .fit(task.training().stream().map(Problem::question).toList(), policy),
            policy,
            pool,
            feedback(own, settings, components));
    MethodComponents parts =
        own.coldStart().dropsExamples() ? ZeroShotPrompts.of(fewShot) : fewShot;
    return new PreparedRun(
        folder,
        settings,
        own,
        components,
        fewShot,
        parts,
        new RelevantLessons(pool, parts.scorer(), own.feedback(), parts.feedback().lessons()),
        learning(own, settings, components),
        contamination);
  }

  private static LearningComponents learning(
      RunSettings own, Settings settings, PinnedComponents components) {
    return new LearningComponents(
        opened(ComponentKind.OBJECTIVE, components, settings, components.objective()::open),
        new LearningRates(
            opened(ComponentKind.SCHEDULE, components, settings, components.schedule()::open),
            own.optimizer(),
            own.steps()));
  }

  private static FeedbackComponents feedback(
      RunSettings own, Settings settings, PinnedComponents components) {
    return new FeedbackComponents(
        StepPlanner.of(
            opened(ComponentKind.PLANNER, components, settings, components.planner()::open), own),
        opened(
            ComponentKind.ATTEMPTS,
            components,
            settings,
            checked -> FeedbackComponents.open(components.attempts(), checked)),
        LessonChoice.of(
            opened(ComponentKind.LESSONS, components, settings, components.lessons()::open)));
  }

  /** Opens a component for the run; one that fails is named. */
  private static <T> Named<T> opened(
      ComponentKind kind,
      PinnedComponents components,
      Settings settings,
      Function<Settings, T> open) {
    String title = components.pin(kind).title();
    return new Named<>(
        new Named<>(open, title).ask(o -> o.apply(settings.under(kind.prefix()))), title);
  }

  /** The settings of a component. */
  public Settings settingsOf(ComponentKind kind) {
    return settings.under(kind.prefix());
  }

  @Override
  public void close() {
    try {
      parts.pool().close();
    } finally {
      components.close();
    }
  }
}
