package io.lanpo.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.libs.threads.DaemonThreads;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.SynchronousBundleListener;

@Timeout(120)
class RetirementTest {
  @TempDir Path folder;

  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("test-clock"));
  private final Retirement retirement =
      new Retirement(
          clock,
          bundle -> {
            try {
              bundle.uninstall();
            } catch (BundleException e) {
              throw new IllegalStateException(e);
            }
          });
  private final Path file = Path.of("a.jar");
  private TestFramework framework;
  private Bundle bundle;

  @BeforeEach
  void start() throws Exception {
    framework = new TestFramework(folder);
    bundle = framework.bundle("a", "1.0.0");
    bundle.getBundleContext().registerService(Runnable.class, () -> {}, null);
  }

  @AfterEach
  void stop() throws Exception {
    clock.shutdownNow();
    framework.close();
  }

  @Test
  void whatNobodyHoldsGoesAtOnce() {
    assertFalse(retirement.whenFree(file, bundle));
    assertEquals(Bundle.UNINSTALLED, bundle.getState());
  }

  @Test
  void whatIsHeldGoesWhenTheLastLetsGo() throws Exception {
    Bundle second = framework.bundle("second", "1.0.0");
    ServiceReference<Runnable> service = hold(framework.context().getBundle());
    hold(second);
    CountDownLatch gone = uninstalled();
    assertTrue(retirement.whenFree(file, bundle));
    framework.context().ungetService(service);
    assertEquals(Bundle.ACTIVE, bundle.getState());
    second.getBundleContext().ungetService(service);
    gone.await();
  }

  @Test
  void itIsLookedAtAgainUntilItIsFree() throws Exception {
    AtomicInteger looks = new AtomicInteger();
    CountDownLatch gone = new CountDownLatch(1);
    Retirement.Replaced replaced =
        new Retirement.Replaced() {
          @Override
          public boolean held() {
            return looks.incrementAndGet() < 3;
          }

          @Override
          public void remove() {
            gone.countDown();
          }
        };
    assertTrue(retirement.whenFree(file, replaced));
    gone.await();
    assertEquals(3, looks.get());
  }

  @Test
  void whenItsFileGoesItGoesThoughItIsHeld() throws Exception {
    hold(framework.context().getBundle());
    assertTrue(retirement.whenFree(file, bundle));
    retirement.now(Path.of("another.jar"));
    assertEquals(Bundle.ACTIVE, bundle.getState());
    retirement.now(file);
    assertEquals(Bundle.UNINSTALLED, bundle.getState());
  }

  private ServiceReference<Runnable> hold(Bundle user) {
    ServiceReference<Runnable> service =
        user.getBundleContext().getServiceReference(Runnable.class);
    user.getBundleContext().getService(service);
    return service;
  }

  private CountDownLatch uninstalled() {
    CountDownLatch gone = new CountDownLatch(1);
    SynchronousBundleListener listener =
        event -> {
          if (event.getType() == BundleEvent.UNINSTALLED && event.getBundle() == bundle) {
            gone.countDown();
          }
        };
    framework.context().addBundleListener(listener);
    return gone;
  }
}
