package io.lanpo.engine.config;

import io.lanpo.api.component.Setting;
import io.lanpo.api.feedback.AbstractionStrategy;
import io.lanpo.api.feedback.AttemptSelector;
import io.lanpo.api.feedback.FeedbackPlanner;
import io.lanpo.api.feedback.LessonSelector;
import io.lanpo.api.feedback.ReflectionStrategy;
import io.lanpo.api.metrics.MetricsSink;
import io.lanpo.api.objective.Objective;
import io.lanpo.api.objective.Schedule;
import io.lanpo.api.policy.PolicyBackend;
import io.lanpo.api.pool.PoolStore;
import io.lanpo.api.reward.Verifier;
import io.lanpo.api.similarity.SimilarityFilter;
import io.lanpo.api.task.TaskSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The kinds of component that a run names in its configuration. Two of them are policies: a kind is
 * not its service interface. Of one kind a run names {@linkplain #many() any number}.
 */
public enum ComponentKind {
  TASK(TaskSource.class, "micro-world", "task source"),
  POLICY(PolicyBackend.class, "djl", "policy backend"),
  VERIFIER(Verifier.class, "exact", "verifier"),
  REFLECTION(ReflectionStrategy.class, "math", "reflection strategy"),
  ABSTRACTION(AbstractionStrategy.class, "math", "abstraction strategy"),
  SIMILARITY(SimilarityFilter.class, "lexical", "similarity filter"),
  POOL(PoolStore.class, "chronicle", "experience pool"),
  PLANNER(FeedbackPlanner.class, "within-group", "feedback planner"),
  ATTEMPTS(AttemptSelector.class, "step", "attempt selector"),
  LESSONS(LessonSelector.class, "thompson", "lesson selector"),
  OBJECTIVE(Objective.class, "lanpo", "objective"),
  SCHEDULE(Schedule.class, "constant", "learning-rate schedule"),
  TEXT(PolicyBackend.class, "", "policy for text"),
  METRICS_SINKS(MetricsSink.class, "tensorboard", "metrics sink");

  private final Class<?> service;
  private final String defaultName;
  private final String title;

  ComponentKind(Class<?> service, String defaultName, String title) {
    this.service = service;
    this.defaultName = defaultName;
    this.title = title;
  }

  /**
   * The kinds of which {@code --set} names another component than files do.
   *
   * @param written what the files say, by key
   * @param overrides what {@code --set} says, by key
   */
  public static List<ComponentKind> replaced(
      Map<String, String> written, Map<String, String> overrides) {
    return Stream.of(values())
        .filter(kind -> overrides.containsKey(kind.key()))
        .filter(
            kind ->
                !written
                    .getOrDefault(kind.key(), kind.defaultName())
                    .equals(overrides.get(kind.key())))
        .toList();
  }

  /** The key in a run's configuration. */
  public String key() {
    return Setting.word(this);
  }

  /** The service interface. */
  public Class<?> service() {
    return service;
  }

  /** The name that is used when the configuration gives none; empty for an optional kind. */
  public String defaultName() {
    return defaultName;
  }

  /** Whether a run may do without; its name is empty then, and it has no settings. */
  public boolean optional() {
    return defaultName.isEmpty();
  }

  /** Whether a run names a list of them, which may be empty. */
  public boolean many() {
    return this == METRICS_SINKS;
  }

  /** What it is, in words. */
  public String title() {
    return title;
  }

  /** Whether its options stand in a file of the component, not in a run's. */
  public boolean hasOwnFile() {
    return this == VERIFIER
        || this == REFLECTION
        || this == ABSTRACTION
        || this == SIMILARITY
        || this == METRICS_SINKS;
  }

  /** Whether it must not know rewards, verdicts or answers, unless its type says that it does. */
  public boolean blind() {
    return this == REFLECTION
        || this == SIMILARITY
        || this == PLANNER
        || this == ATTEMPTS
        || this == LESSONS;
  }

  /** The prefix of the component's own settings, e.g. {@code task.} */
  public String prefix() {
    return key() + ".";
  }

  /**
   * The settings that an instance declares, under this kind's prefix; strategies have none here.
   */
  public List<Setting<?>> settingsOf(Object component) {
    List<Setting<?>> declared = List.of();
    if (component instanceof TaskSource source) {
      declared = source.settings();
    } else if (component instanceof PolicyBackend backend) {
      declared = backend.settings();
    } else if (component instanceof PoolStore store) {
      declared = store.settings();
    } else if (component instanceof FeedbackPlanner planner) {
      declared = planner.settings();
    } else if (component instanceof AttemptSelector attempts) {
      declared = attempts.settings();
    } else if (component instanceof LessonSelector lessons) {
      declared = lessons.settings();
    } else if (component instanceof Objective objective) {
      declared = objective.settings();
    } else if (component instanceof Schedule schedule) {
      declared = schedule.settings();
    }
    return declared.stream().<Setting<?>>map(s -> s.prefixed(prefix())).toList();
  }
}
