package io.lanpo.deploy;

import io.lanpo.api.component.ComponentCatalogue;
import io.lanpo.api.deploy.DeploymentListener;
import io.lanpo.api.deploy.Deployments;
import io.lanpo.deploy.guard.ExitCalls;
import io.lanpo.deploy.guard.PatientWork;
import io.lanpo.deploy.guard.SetAside;
import io.lanpo.libs.threads.DaemonThreads;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.BundleListener;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.hooks.weaving.WeavingHook;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Not a component: the configurations are there before the first component is. */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class DeployActivator implements BundleActivator {
  private static final Logger LOG = LoggerFactory.getLogger(DeployActivator.class);

  /** Before File Install's own handling of the same files. */
  private static final int RANKING = 100;

  /** After what they use, before the shell. */
  private static final int START_LEVEL = 25;

  /** Framework or system property: how many seconds a bundle may take to start. */
  private static final String PATIENCE = "lanpo.deploy.patience";

  private static final int USUAL_SECONDS = 10;

  /** System property that the launcher sets when the process is about to end. */
  private static final String ENDING = "lanpo.ending";

  private static final String FILE_INSTALL = "org.apache.felix.fileinstall";

  private @Nullable ScheduledExecutorService clock;

  @Override
  public void start(BundleContext context) throws BundleException {
    Supplier<@Nullable ConfigurationAdmin> admin = tracked(context, ConfigurationAdmin.class);
    Supplier<@Nullable ServiceComponentRuntime> runtime =
        tracked(context, ServiceComponentRuntime.class);
    Duration patience = patience(context.getProperty(PATIENCE));
    Duration arrival = Duration.ofSeconds(2);
    PatientWork work = new PatientWork(patience, () -> System.getProperty(ENDING) != null);
    Diagnosis diagnosis = new Diagnosis(context, runtime);
    Trial trial = new Trial(context, diagnosis, work);
    DeclaredOptions options = new DeclaredOptions(context);
    Ledger ledger = new Ledger(listeners(context), trial, new UnreadFiles(diagnosis, options));
    ComponentProblems problems = new ComponentProblems(options, diagnosis, trial);
    ConfiguredComponents components = new ConfiguredComponents(context, runtime, problems, arrival);
    ScheduledExecutorService ticks =
        Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("lanpo-deploy"));
    clock = ticks;
    Retirement retirement = new Retirement(ticks, trial::remove);
    BundleFiles bundles =
        new BundleFiles(
            trial, diagnosis, retirement, ledger, new SetAside(memory(context), patience));
    ConfigurationFiles configurations =
        new ConfigurationFiles(
            () -> Objects.requireNonNull(admin.get(), "no configuration admin"),
            components,
            retirement,
            ledger,
            new DeclaredComponents(context),
            () -> ticks.execute(bundles::retry));
    context.registerService(WeavingHook.class, new ExitCalls(DeployedFile::holds), null);
    Runnable live =
        () -> {
          bundles.started();
          components.live();
          ledger.live();
        };
    boolean again = StartGate.install(context, START_LEVEL, bundles::begin, bundles::end);
    if (again) {
      ticks.execute(() -> adopt(context, configurations, bundles, live));
    } else {
      whenStarted(context, () -> ticks.execute(live));
    }
    handle(context, bundles);
    handle(context, configurations);
    context.addBundleListener(arrivals(ticks, () -> keepDefaults(configurations), bundles::retry));
    context.registerService(Deployments.class, ledger, null);
    context.registerService(
        ComponentCatalogue.class,
        new ComponentLookup(
            context,
            diagnosis,
            options,
            problems,
            configurations::refused,
            ledger::deployments,
            arrival),
        null);
  }

  /** The framework takes services, trackers and listeners back. */
  @Override
  public void stop(BundleContext context) {
    if (clock != null) {
      clock.shutdownNow();
    }
  }

  /**
   * This bundle was started again, for example since the API was refreshed. File Install knows the
   * files by the handlers that they had, and those have gone: it begins again, too.
   */
  private static void adopt(
      BundleContext context,
      ConfigurationFiles configurations,
      BundleFiles bundles,
      Runnable live) {
    try {
      configurations.adopt();
      bundles.adopt(Stream.of(context.getBundles()));
      live.run();
      for (Bundle bundle : context.getBundles()) {
        if (FILE_INSTALL.equals(bundle.getSymbolicName()) && bundle.getState() == Bundle.ACTIVE) {
          bundle.stop(Bundle.STOP_TRANSIENT);
          bundle.start(Bundle.START_TRANSIENT);
        }
      }
    } catch (IOException | BundleException | IllegalStateException e) {
      LOG.error("the deployed files are not watched any more; start the platform again", e);
    }
  }

  /**
   * What waits for something may have got it when a bundle has come. Bundles come in crowds, at the
   * start all of them: those that come before somebody has looked are looked at together.
   *
   * @param every is done for any bundle
   * @param foreign is done behind that for bundles that were not deployed
   */
  private static BundleListener arrivals(
      ScheduledExecutorService ticks, Runnable every, Runnable foreign) {
    AtomicBoolean any = new AtomicBoolean();
    AtomicBoolean others = new AtomicBoolean();
    Runnable look =
        () -> {
          any.set(false);
          every.run();
          if (others.getAndSet(false)) {
            foreign.run();
          }
        };
    return event -> {
      boolean comes =
          event.getType() == BundleEvent.RESOLVED || event.getType() == BundleEvent.STARTED;
      if (!comes || ticks.isShutdown()) {
        return;
      }
      if (!DeployedFile.holds(event.getBundle())) {
        others.set(true);
      }
      if (any.compareAndSet(false, true)) {
        ticks.execute(look);
      }
    };
  }

  private static void keepDefaults(ConfigurationFiles configurations) {
    try {
      configurations.keepDefaults();
    } catch (IOException | IllegalStateException e) {
      LOG.info("a component has lost its own name", e);
    }
  }

  private static Duration patience(@Nullable String given) {
    if (given != null && given.matches("[1-9]\\d{0,3}")) {
      return Duration.ofSeconds(Integer.parseInt(given));
    }
    if (given != null) {
      LOG.warn(
          "{} = {} is not allowed; it must be a whole number from 1 to 9999 (s). It is taken as {}",
          PATIENCE,
          given,
          USUAL_SECONDS);
    }
    return Duration.ofSeconds(USUAL_SECONDS);
  }

  private static @Nullable Path memory(BundleContext context) {
    String folder = context.getProperty("lanpo.var");
    return folder == null ? null : Path.of(folder, "deploy");
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
