package io.lanpo.engine.run.components;

import io.lanpo.api.feedback.AbstractionStrategy;
import io.lanpo.api.feedback.AttemptSelector;
import io.lanpo.api.feedback.FeedbackPlanner;
import io.lanpo.api.feedback.LessonSelector;
import io.lanpo.api.feedback.ReflectionStrategy;
import io.lanpo.api.objective.Objective;
import io.lanpo.api.objective.Schedule;
import io.lanpo.api.policy.PolicyBackend;
import io.lanpo.api.pool.PoolStore;
import io.lanpo.api.reward.Verifier;
import io.lanpo.api.similarity.SimilarityFilter;
import io.lanpo.api.task.TaskSource;
import io.lanpo.engine.config.ComponentKind;
import io.lanpo.engine.run.folder.Manifest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;

/**
 * The component instances of one run. They stay the same from start to end, whatever is installed
 * meanwhile; if one goes away the run learns of it by {@link #lost()}.
 */
public final class PinnedComponents implements AutoCloseable {
  private final BundleContext context;
  private final Map<ComponentKind, PinnedComponent> pins;
  private final List<PinnedComponent> sinks = new ArrayList<>();
  private final AtomicReference<PinnedComponent> lost = new AtomicReference<>();
  private final ServiceListener listener = this::changed;
  private @Nullable Map<String, Manifest.Component> described;

  PinnedComponents(BundleContext context, Map<ComponentKind, PinnedComponent> pins) {
    this.context = context;
    this.pins = pins;
    StringBuilder filter = new StringBuilder("(|");
    pins.values()
        .forEach(
            p -> filter.append("(%s=%d)".formatted(Constants.SERVICE_ID, p.use().serviceId())));
    try {
      context.addServiceListener(listener, filter.append(')').toString());
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
    // what went away before the listener was there causes no event
    pins.values().stream().filter(p -> p.use().lost()).forEach(lost::set);
  }

  public TaskSource task() {
    return get(ComponentKind.TASK, TaskSource.class);
  }

  public PolicyBackend policy() {
    return get(ComponentKind.POLICY, PolicyBackend.class);
  }

  public Verifier verifier() {
    return get(ComponentKind.VERIFIER, Verifier.class);
  }

  public ReflectionStrategy reflection() {
    return get(ComponentKind.REFLECTION, ReflectionStrategy.class);
  }

  public AbstractionStrategy abstraction() {
    return get(ComponentKind.ABSTRACTION, AbstractionStrategy.class);
  }

  public SimilarityFilter similarity() {
    return get(ComponentKind.SIMILARITY, SimilarityFilter.class);
  }

  public PoolStore pool() {
    return get(ComponentKind.POOL, PoolStore.class);
  }

  public FeedbackPlanner planner() {
    return get(ComponentKind.PLANNER, FeedbackPlanner.class);
  }

  public AttemptSelector attempts() {
    return get(ComponentKind.ATTEMPTS, AttemptSelector.class);
  }

  public LessonSelector lessons() {
    return get(ComponentKind.LESSONS, LessonSelector.class);
  }

  public Objective objective() {
    return get(ComponentKind.OBJECTIVE, Objective.class);
  }

  public Schedule schedule() {
    return get(ComponentKind.SCHEDULE, Schedule.class);
  }

  /** The backend of the auxiliary policy; only where {@link #has there is one}. */
  public PolicyBackend text() {
    return get(ComponentKind.TEXT, PolicyBackend.class);
  }

  /** All of them, kinds in their order; without those optional ones that the run has not named. */
  public Collection<PinnedComponent> all() {
    return Collections.unmodifiableCollection(pins.values());
  }

  /** Holds a metrics sink, too. A run does without one that goes away. */
  public void hold(PinnedComponent sink) {
    sinks.add(sink);
  }

  /** The metrics sinks, in the order of the configuration. */
  public List<PinnedComponent> sinks() {
    return Collections.unmodifiableList(sinks);
  }

  /** Whether there is one; always, but for optional kinds. */
  public boolean has(ComponentKind kind) {
    return pins.containsKey(kind);
  }

  public PinnedComponent pin(ComponentKind kind) {
    PinnedComponent pin = pins.get(kind);
    if (pin == null) {
      throw new IllegalStateException("no component is pinned as " + kind);
    }
    return pin;
  }

  /** What to say about a component that went away; empty while all are there. */
  public Optional<String> lost() {
    return Optional.ofNullable(lost.get())
        .map(
            p ->
                p.bundle().getState() == Bundle.ACTIVE
                    ? "the %s %s of bundle %s was replaced: its configuration, its bundle or something it needs has changed"
                        .formatted(p.kind().title(), p.name(), p.bundle().getSymbolicName())
                    : "the %s %s went away; bring back bundle %s %s"
                        .formatted(
                            p.kind().title(),
                            p.name(),
                            p.bundle().getSymbolicName(),
                            p.bundle().getVersion()));
  }

  /** What is behind each kind but the sinks. Made once: it reads every byte of the bundles. */
  public Map<String, Manifest.Component> describe() {
    Map<String, Manifest.Component> known = described;
    if (known == null) {
      Map<String, Manifest.Component> all = new LinkedHashMap<>();
      pins.values().forEach(p -> all.put(p.kind().key(), p.describe()));
      known = all;
      described = known;
    }
    return known;
  }

  /** The same, and what is behind each metrics sink. */
  public Map<String, Manifest.Component> describeAll() {
    Map<String, Manifest.Component> all = new LinkedHashMap<>(describe());
    sinks.forEach(p -> all.put(p.kind().prefix() + p.name(), p.describe()));
    return all;
  }

  @Override
  public void close() {
    context.removeServiceListener(listener);
    pins.values().forEach(pin -> pin.use().close());
    sinks.forEach(sink -> sink.use().close());
  }

  private void changed(ServiceEvent event) {
    if (event.getType() == ServiceEvent.UNREGISTERING) {
      pins.values().stream()
          .filter(p -> p.reference().equals(event.getServiceReference()))
          .findFirst()
          .ifPresent(p -> lost.compareAndSet(null, p));
    }
  }

  private <S> S get(ComponentKind kind, Class<S> type) {
    return type.cast(pin(kind).instance());
  }
}
