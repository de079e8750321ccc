package io.lanpo.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.startlevel.BundleStartLevel;

/** The framework of this process with the bundles of a product. */
final class Platform {
  private final Framework framework;
  private final Product product;
  private volatile boolean stopping;

  Platform(Product product, Map<String, String> properties) throws LaunchException {
    this.product = product;
    FrameworkFactory factory =
        ServiceLoader.load(FrameworkFactory.class, Platform.class.getClassLoader())
            .findFirst()
            .orElseThrow(() -> new LaunchException("there is no OSGi framework on the class path"));
    framework = factory.newFramework(properties);
  }

  /**
   * Installs the product and returns when the framework has reached its first start level.
   *
   * @return one sentence for each bundle from elsewhere (deploy/) that does not start
   * @throws LaunchException when a bundle of the product does not start, with the reason for each
   */
  List<String> start() throws LaunchException {
    Set<Bundle> own = new HashSet<>();
    try {
      framework.init();
      BundleContext context = framework.getBundleContext();
      for (Product.Entry entry : product.entries()) {
        // by reference: the framework reads the jar where it is and copies nothing
        Bundle bundle = context.installBundle("reference:" + entry.jar().toUri());
        bundle.adapt(BundleStartLevel.class).setStartLevel(entry.startLevel());
        own.add(bundle);
      }
      for (Bundle bundle : own) {
        if (!isFragment(bundle)) {
          bundle.start(Bundle.START_ACTIVATION_POLICY);
        }
      }
      framework.start();
    } catch (BundleException e) {
      throw new LaunchException("the OSGi framework does not start: " + e.getMessage(), e);
    }
    List<String> broken = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (Bundle bundle : framework.getBundleContext().getBundles()) {
      String reason = reasonNotStarted(bundle);
      if (reason != null) {
        (own.contains(bundle) ? broken : others).add(reason);
      }
    }
    if (!broken.isEmpty()) {
      throw new LaunchException(String.join("\n", broken));
    }
    return others;
  }

  /**
   * Starts a bundle that should run but does not once more, because the framework keeps no reason.
   */
  private static @Nullable String reasonNotStarted(Bundle bundle) {
    boolean idle = bundle.getState() == Bundle.INSTALLED || bundle.getState() == Bundle.RESOLVED;
    if (!idle || isFragment(bundle)) {
      return null;
    }
    try {
      bundle.start(Bundle.START_ACTIVATION_POLICY);
      return null;
    } catch (BundleException e) {
      return "bundle " + bundle.getSymbolicName() + " does not start: " + e.getMessage();
    }
  }

  private static boolean isFragment(Bundle bundle) {
    return bundle.getHeaders("").get(Constants.FRAGMENT_HOST) != null;
  }

  /** Returns when something has stopped the framework. */
  void awaitStop() throws InterruptedException {
    framework.waitForStop(0);
  }

  /** Whether {@link #stop} was called. */
  boolean stopping() {
    return stopping;
  }

  /**
   * Stops the framework and waits for it.
   *
   * @return whether it stopped in time
   */
  boolean stop(Duration patience) {
    stopping = true;
    try {
      framework.stop();
      framework.waitForStop(patience.toMillis());
      return framework.getState() == Bundle.RESOLVED;
    } catch (BundleException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
