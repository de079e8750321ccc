package io.lanpo.deploy;

import io.lanpo.api.component.ComponentCatalogue;
import io.lanpo.api.deploy.DeploymentListener;
import io.lanpo.api.deploy.Deployments;
import io.lanpo.libs.threads.DaemonThreads;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.util.tracker.ServiceTracker;

/** Not a component: the configurations are there before the first component is. */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class DeployActivator implements BundleActivator {
  /** Before File Install's own handling of the same files. */
  private static final int RANKING = 100;

  /** After what they use, before the shell. */
  private static final int START_LEVEL = 25;

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private @Nullable ScheduledExecutorService clock;

  @Override
  public void start(BundleContext context) {
    Supplier<@Nullable ConfigurationAdmin> admin = tracked(context, ConfigurationAdmin.class);
    Supplier<@Nullable ServiceComponentRuntime> runtime =
        tracked(context, ServiceComponentRuntime.class);
    Diagnosis diagnosis = new Diagnosis(context, runtime);
    Trial trial = new Trial(context, diagnosis, START_LEVEL, PATIENCE);
    DeclaredOptions options = new DeclaredOptions(context);
    Ledger ledger = new Ledger(listeners(context), trial, new UnreadFiles(diagnosis, options));
    ComponentProblems problems = new ComponentProblems(options, diagnosis, trial);
    ConfiguredComponents components =
        new ConfiguredComponents(context, runtime, problems, PATIENCE.dividedBy(5));
    ScheduledExecutorService ticks =
        Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("lanpo-deploy"));
    clock = ticks;
    Retirement retirement = new Retirement(ticks);
    BundleFiles bundles = new BundleFiles(trial, diagnosis, retirement, ledger);
    Runnable live =
        () -> {
          bundles.started();
          components.live();
          ledger.live();
        };
    whenStarted(context, () -> ticks.execute(live));
    handle(context, bundles);
    ConfigurationFiles configurations =
        new ConfigurationFiles(
            () -> Objects.requireNonNull(admin.get(), "no configuration admin"),
            components,
            retirement,
            ledger);
    handle(context, configurations);
    context.registerService(Deployments.class, ledger, null);
    context.registerService(
        ComponentCatalogue.class,
        new ComponentLookup(
            context, diagnosis, options, problems, configurations::refused, PATIENCE.dividedBy(5)),
        null);
  }

  /** The framework takes services, trackers and listeners back. */
  @Override
  public void stop(BundleContext context) {
    if (clock != null) {
      clock.shutdownNow();
    }
  }

  /** Once, when the framework has reached the level of the deployed bundles. */
  private static void whenStarted(BundleContext context, Runnable then) {
    FrameworkStartLevel level = context.getBundle(0).adapt(FrameworkStartLevel.class);
    AtomicBoolean done = new AtomicBoolean();
    FrameworkListener listener =
        event -> {
          boolean change =
              event.getType() == FrameworkEvent.STARTED
                  || event.getType() == FrameworkEvent.STARTLEVEL_CHANGED;
          if (change && level.getStartLevel() >= START_LEVEL && done.compareAndSet(false, true)) {
            then.run();
          }
        };
    context.addFrameworkListener(listener);
    listener.frameworkEvent(
        new FrameworkEvent(FrameworkEvent.STARTLEVEL_CHANGED, context.getBundle(), null));
  }

  private static void handle(BundleContext context, ArtifactInstaller installer) {
    context.registerService(
        ArtifactInstaller.class,
        installer,
        FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_RANKING, RANKING)));
  }

  private static <S> Supplier<@Nullable S> tracked(BundleContext context, Class<S> type) {
    ServiceTracker<S, S> tracker = new ServiceTracker<>(context, type, null);
    tracker.open();
    return tracker::getService;
  }

  private static Consumer<Consumer<DeploymentListener>> listeners(BundleContext context) {
    ServiceTracker<DeploymentListener, DeploymentListener> tracker =
        new ServiceTracker<>(context, DeploymentListener.class, null);
    tracker.open();
    return call -> tracker.getTracked().values().forEach(call);
  }
}
