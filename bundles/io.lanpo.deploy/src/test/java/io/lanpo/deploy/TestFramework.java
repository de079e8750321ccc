package io.lanpo.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.apache.felix.cm.PersistenceManager;
import org.apache.felix.framework.FrameworkFactory;
import org.apache.felix.scr.info.ScrInfo;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.launch.Framework;
import org.osgi.util.tracker.ServiceTracker;

/** A running framework, and bundles for it that the test makes. */
final class TestFramework implements AutoCloseable {
  static final String API_VERSION = "1.5.0";

  /** What the bundles share with the tests. */
  private static final String SHARED =
      String.join(
          ",",
          "io.lanpo.api.component;version=" + API_VERSION,
          "io.lanpo.api.task;version=" + API_VERSION,
          "org.osgi.service.cm;version=1.6.1",
          "org.osgi.service.component;version=1.5.1",
          "org.osgi.service.component.runtime;version=1.5.0",
          "org.osgi.service.component.runtime.dto;version=1.5.0",
          "org.osgi.util.function;version=1.2.0",
          "org.osgi.util.promise;version=1.3.0");

  private static final long GUARD_MILLIS = 120_000;

  private final Framework framework;
  private final Path folder;
  private final CountDownLatch end = new CountDownLatch(1);

  TestFramework(Path folder) throws BundleException {
    this.folder = folder;
    framework =
        new FrameworkFactory()
            .newFramework(
                Map.of(
                    Constants.FRAMEWORK_STORAGE,
                    folder.resolve("cache").toString(),
                    Constants.FRAMEWORK_BSNVERSION,
                    Constants.FRAMEWORK_BSNVERSION_MULTIPLE,
                    Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                    SHARED));
    framework.start();
    context().registerService(CountDownLatch.class, end, null);
  }

  /** With declarative services and their configurations, as in the product. */
  static TestFramework withComponents(Path folder) throws BundleException, IOException {
    TestFramework framework = new TestFramework(folder);
    for (Class<?> one : List.of(PersistenceManager.class, ScrInfo.class)) {
      String jar = one.getProtectionDomain().getCodeSource().getLocation().toString();
      framework.context().installBundle(jar).start();
    }
    return framework;
  }

  BundleContext context() {
    return framework.getBundleContext();
  }

  <S> S service(Class<S> type) throws InterruptedException {
    ServiceTracker<S, S> tracker = new ServiceTracker<>(context(), type, null);
    tracker.open();
    return tracker.waitForService(GUARD_MILLIS);
  }

  /** The bundles of a name, in the order of their installation. */
  List<Bundle> bundles(String name) {
    return List.of(context().getBundles()).stream()
        .filter(b -> name.equals(b.getSymbolicName()))
        .toList();
  }

  /** A started bundle; {@code resources} are paths and contents in turn. */
  Bundle bundle(String name, String version, String... resources)
      throws IOException, BundleException {
    TestJar jar = new TestJar(name, version);
    for (int i = 0; i < resources.length; i += 2) {
      jar.resource(resources[i], resources[i + 1]);
    }
    Bundle bundle = installed(jar);
    bundle.start();
    return bundle;
  }

  Bundle installed(TestJar jar) throws IOException, BundleException {
    Path file = jar.write(folder.resolve("installed.jar"));
    try (InputStream in = Files.newInputStream(file)) {
      return context().installBundle("test:" + context().getBundles().length, in);
    }
  }

  /** Waits until something is so that another thread brings about. */
  void await(BooleanSupplier wanted) throws InterruptedException {
    long end = System.nanoTime() + GUARD_MILLIS * 1_000_000;
    while (!wanted.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "it did not come about");
      Thread.sleep(20);
    }
  }

  /** Ends the waiting of {@link Bundled}'s classes. */
  void release() {
    end.countDown();
  }

  @Override
  public void close() throws BundleException, InterruptedException {
    release();
    framework.stop();
    assertEquals(FrameworkEvent.STOPPED, framework.waitForStop(GUARD_MILLIS).getType());
  }
}
