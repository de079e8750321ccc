package io.lanpo.deploy;

import io.lanpo.api.component.ComponentState;
import io.lanpo.api.component.ComponentState.Condition;
import io.lanpo.deploy.guard.FailureText;
import io.lanpo.deploy.guard.Jars;
import io.lanpo.deploy.guard.PatientWork;
import io.lanpo.deploy.guard.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceObjects;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentConstants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Installs and starts a bundle beside what is there and makes one instance of each of its
 * components. A bundle that stands this works; one that does not is gone again, and nothing else
 * has been touched.
 *
 * <p>The bundles keep the framework's first start level, and the framework does not start them by
 * itself: one that hangs holds nobody else up, neither when the platform starts nor when it stops.
 */
final class Trial {
  private static final Logger LOG = LoggerFactory.getLogger(Trial.class);

  /** How often a component that is not ready yet is looked at. */
  private static final long LOOK_MILLIS = 20;

  /** How long is waited for a bundle to go whose code is known not to return. */
  private static final Duration NO_HOPE = Duration.ofMillis(500);

  /** How long a bundle may take to stop when the platform does. */
  private static final Duration END = Duration.ofSeconds(2);

  private final BundleContext context;
  private final Diagnosis diagnosis;
  private final PatientWork work;

  /**
   * @param work runs what the bundle brings, for as long as a bundle may take to start or to make
   *     its components
   */
  Trial(BundleContext context, Diagnosis diagnosis, PatientWork work) {
    this.context = context;
    this.diagnosis = diagnosis;
    this.work = work;
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
      giveUp(bundle, e);
      throw e;
    }
  }

  /** Installs a bundle, which nobody starts by itself. */
  Bundle install(Path jar) throws Refusal {
    // by content: the file may be replaced while the bundle runs
    try (InputStream in = Files.newInputStream(jar)) {
      return context.installBundle(DeployedFile.newLocation(jar), in);
    } catch (IOException e) {
      throw new Refusal("it cannot be read: " + e, "Copy it again.");
    } catch (BundleException | RuntimeException e) {
      throw new Refusal(
          "the framework does not take it: " + String.join(": ", FailureText.causes(e)),
          "Build it again with bnd.");
    }
  }

  /**
   * Starts a bundle and makes one instance of each component.
   *
   * @throws Refusal saying what does not work
   */
  void prove(Bundle bundle) throws Refusal {
    AtomicReference<String> doing = new AtomicReference<>("its activator");
    work.run(
        bundle.getSymbolicName(),
        doing::get,
        () -> {
          launch(bundle);
          settle(bundle);
          instantiate(bundle, doing);
        });
    refuseWhatDoesNotServe(bundle);
  }

  /**
   * Starts a bundle.
   *
   * @throws Refusal saying why it does not start
   */
  void start(Bundle bundle) throws Refusal {
    work.run(bundle.getSymbolicName(), () -> "its activator", () -> launch(bundle));
  }

  /**
   * Stops a bundle, for a while.
   *
   * @throws Refusal when that does not end
   */
  void stop(Bundle bundle) throws Refusal {
    PatientWork.of(END)
        .run(
            bundle.getSymbolicName(),
            () -> "the end of its activator",
            () -> bundle.stop(Bundle.STOP_TRANSIENT));
  }

  /**
   * Makes one instance of a component and gives it back; a failure is found in the component's
   * state.
   *
   * @param before done first, on the thread that makes it
   * @throws Refusal when that takes too long
   */
  void prove(ServiceReference<?> service, Runnable before) throws Refusal {
    AtomicReference<String> doing = new AtomicReference<>("");
    work.run(
        String.valueOf(service.getProperty(ComponentConstants.COMPONENT_NAME)),
        doing::get,
        () -> {
          before.run();
          instantiate(service, doing);
        });
  }

  /** Takes a bundle away that was refused. */
  void giveUp(Bundle bundle, Refusal reason) {
    if (reason.kind() == Refusal.Kind.HANGS) {
      try {
        PatientWork.of(NO_HOPE)
            .begin(bundle.getSymbolicName(), () -> "its end", () -> uninstall(bundle));
      } catch (Refusal e) {
        LOG.info("bundle {} stays until the process ends", bundle.getSymbolicName());
      }
    } else {
      remove(bundle);
    }
  }

  /**
   * Takes a bundle away. The framework takes no bundle away whose code does not return: such a one
   * goes when it returns, and with the process at the latest.
   */
  void remove(Bundle bundle) {
    try {
      work.run(bundle.getSymbolicName(), () -> "the end of its activator", () -> uninstall(bundle));
    } catch (Refusal e) {
      LOG.warn("bundle {} stays until the process ends: {}", bundle.getSymbolicName(), e.reason());
    }
  }

  private void launch(Bundle bundle) throws Refusal {
    try {
      bundle.start(Bundle.START_TRANSIENT | Bundle.START_ACTIVATION_POLICY);
    } catch (BundleException e) {
      if (bundle.getState() == Bundle.INSTALLED) {
        refuseWhatDoesNotServe(bundle);
      }
      LOG.info("bundle {} does not start", bundle.getSymbolicName(), e);
      throw new Refusal(
          String.join(": ", FailureText.causes(e)), "Fix its activator; the log has more.");
    }
  }

  /** What it refers to may be on its way, for example by a configuration beside it. */
  private void settle(Bundle bundle) throws InterruptedException {
    BooleanSupplier waiting =
        () -> diagnosis.of(bundle).stream().anyMatch(c -> c.condition() == Condition.UNSATISFIED);
    long end = System.nanoTime() + work.patience().dividedBy(5).toNanos();
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
    List<String> wrong = new ArrayList<>(diagnosis.unreadDescriptions(bundle));
    String nextStep = wrong.isEmpty() ? "" : "Build it again with bnd; the log has more.";
    boolean waits = wrong.isEmpty();
    for (ComponentState component : diagnosis.of(bundle)) {
      Condition condition = component.condition();
      if (condition == Condition.READY || condition == Condition.UNCONFIGURED) {
        continue;
      }
      waits &= condition == Condition.UNRESOLVED || condition == Condition.UNSATISFIED;
      String causes = String.join(": ", component.causes());
      wrong.add(
          condition == Condition.UNRESOLVED
              ? causes
              : "%s %s: %s".formatted(component.kind(), component.name(), causes));
      nextStep = nextStep.isEmpty() ? component.nextStep() : nextStep;
    }
    if (!wrong.isEmpty()) {
      throw new Refusal(
          String.join("; ", wrong), nextStep, waits ? Refusal.Kind.WAITS : Refusal.Kind.FINAL);
    }
  }

  private static void uninstall(Bundle bundle) {
    try {
      if (bundle.getState() != Bundle.UNINSTALLED) {
        bundle.uninstall();
      }
    } catch (BundleException | IllegalStateException e) {
      LOG.info("bundle {} is not uninstalled", bundle.getSymbolicName(), e);
    }
  }
}
