package io.lanpo.deploy;

import io.lanpo.api.component.ComponentState;
import io.lanpo.api.component.ComponentState.Condition;
import io.lanpo.libs.threads.DaemonThreads;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceObjects;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.service.component.ComponentConstants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Installs and starts a bundle beside what is there and makes one instance of each of its
 * components. A bundle that stands this works; one that does not is gone again, and nothing else
 * has been touched.
 */
final class Trial {
  private static final Logger LOG = LoggerFactory.getLogger(Trial.class);

  /** How often a component that is not ready yet is looked at. */
  private static final long LOOK_MILLIS = 20;

  private final BundleContext context;
  private final Diagnosis diagnosis;
  private final int startLevel;
  private final Duration patience;
  private long trials;

  /**
   * @param startLevel of the bundles
   * @param patience how long a bundle may take to start and to make its components
   */
  Trial(BundleContext context, Diagnosis diagnosis, int startLevel, Duration patience) {
    this.context = context;
    this.diagnosis = diagnosis;
    this.startLevel = startLevel;
    this.patience = patience;
  }

  /**
   * Tries a jar.
   *
   * @return the bundle, which runs
   * @throws Refusal saying why it does not
   */
  synchronized Bundle of(Path jar) throws Refusal {
    Jars.check(jar);
    Bundle bundle = install(jar);
    try {
      prove(bundle);
      return bundle;
    } catch (Refusal e) {
      giveUp(bundle);
      throw e;
    }
  }

  /** The framework takes no bundle away whose activator runs: such a one goes when that returns. */
  private void giveUp(Bundle bundle) {
    String name = bundle.getSymbolicName();
    Thread remover = DaemonThreads.named("lanpo-deploy " + name).newThread(() -> uninstall(bundle));
    remover.start();
    try {
      remover.join(patience.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (remover.isAlive()) {
      LOG.warn("bundle {} cannot be stopped; it is uninstalled when it can be", name);
    }
  }

  /** Installs a bundle that starts when the framework reaches its level. */
  Bundle install(Path jar) throws Refusal {
    // by content: the file may be replaced while the bundle runs
    String location = "deploy:%s#%d".formatted(jar.getFileName(), trials++);
    try (InputStream in = Files.newInputStream(jar)) {
      Bundle bundle = context.installBundle(location, in);
      bundle.adapt(BundleStartLevel.class).setStartLevel(startLevel);
      return bundle;
    } catch (IOException e) {
      throw new Refusal("it cannot be read: " + e, "Copy it again.");
    } catch (BundleException e) {
      throw new Refusal(
          "the framework does not take it: " + e.getMessage(), "Build it again with bnd.");
    }
  }

  /**
   * Starts a bundle and makes one instance of each component.
   *
   * @throws Refusal saying what does not work
   */
  void prove(Bundle bundle) throws Refusal {
    AtomicReference<String> doing = new AtomicReference<>("its activator");
    patiently(
        bundle.getSymbolicName(),
        doing,
        () -> {
          start(bundle);
          settle(bundle);
          instantiate(bundle, doing);
          return null;
        });
    refuseWhatDoesNotServe(bundle);
  }

  /**
   * Makes one instance of a component and gives it back; a failure is found in the component's
   * state.
   *
   * @throws Refusal when that takes too long
   */
  void prove(ServiceReference<?> service) throws Refusal {
    AtomicReference<String> doing = new AtomicReference<>("");
    patiently(
        String.valueOf(service.getProperty(ComponentConstants.COMPONENT_NAME)),
        doing,
        () -> {
          instantiate(service, doing);
          return null;
        });
  }

  /** Works on a thread of its own, since what anybody has written may never return. */
  private void patiently(String name, AtomicReference<String> doing, Callable<?> work)
      throws Refusal {
    ExecutorService worker =
        Executors.newSingleThreadExecutor(DaemonThreads.named("lanpo-deploy " + name));
    Future<?> done = worker.submit(work);
    try {
      done.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      done.cancel(true);
      throw new Refusal(
          "%s did not return within %d s".formatted(doing.get(), patience.toSeconds()),
          "A constructor must not wait; do long work when it is asked for.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal("it was interrupted while it started", "Copy it again.");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Refusal refusal) {
        throw refusal;
      }
      throw new Refusal(
          String.join(": ", FailureText.causes(e)), "Fix its code; the log has more.");
    } finally {
      worker.shutdown();
    }
  }

  private void start(Bundle bundle) throws Refusal {
    try {
      bundle.start(Bundle.START_ACTIVATION_POLICY);
    } catch (BundleException e) {
      if (bundle.getState() == Bundle.INSTALLED) {
        refuseWhatDoesNotServe(bundle);
      }
      throw new Refusal(
          String.join(": ", FailureText.causes(e)), "Fix its activator; the log has more.");
    }
  }

  /** What it refers to may be on its way, for example by a configuration beside it. */
  private void settle(Bundle bundle) throws InterruptedException {
    BooleanSupplier waiting =
        () -> diagnosis.of(bundle).stream().anyMatch(c -> c.condition() == Condition.UNSATISFIED);
    long end = System.nanoTime() + patience.dividedBy(5).toNanos();
    while (waiting.getAsBoolean() && System.nanoTime() < end) {
      Thread.sleep(LOOK_MILLIS);
    }
  }

  private void instantiate(Bundle bundle, AtomicReference<String> doing) {
    ServiceReference<?>[] services = bundle.getRegisteredServices();
    if (services != null) {
      Stream.of(services).forEach(service -> instantiate(service, doing));
    }
  }

  private void instantiate(ServiceReference<?> service, AtomicReference<String> doing) {
    Object name = service.getProperty(ComponentConstants.COMPONENT_NAME);
    if (name != null) {
      doing.set("the constructor of " + name);
      instantiate(service);
    }
  }

  private <S> void instantiate(ServiceReference<S> service) {
    ServiceObjects<S> objects = context.getServiceObjects(service);
    S instance = objects == null ? null : objects.getService();
    if (objects != null && instance != null) {
      objects.ungetService(instance);
    }
  }

  private void refuseWhatDoesNotServe(Bundle bundle) throws Refusal {
    List<String> wrong = new ArrayList<>();
    String nextStep = "";
    for (ComponentState component : diagnosis.of(bundle)) {
      if (component.condition() == Condition.READY
          || component.condition() == Condition.UNCONFIGURED) {
        continue;
      }
      String causes = String.join(": ", component.causes());
      wrong.add(
          component.condition() == Condition.UNRESOLVED
              ? causes
              : "%s %s: %s".formatted(component.kind(), component.name(), causes));
      nextStep = nextStep.isEmpty() ? component.nextStep() : nextStep;
    }
    if (!wrong.isEmpty()) {
      throw new Refusal(String.join("; ", wrong), nextStep);
    }
  }

  /** Takes a bundle away; what cannot be stopped is left to the end of the process. */
  static void uninstall(Bundle bundle) {
    try {
      if (bundle.getState() != Bundle.UNINSTALLED) {
        bundle.uninstall();
      }
    } catch (BundleException | IllegalStateException e) {
      LOG.warn("bundle {} is not uninstalled", bundle.getSymbolicName(), e);
    }
  }
}
