package io.lanpo.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;

/** The framework of this process with the bundles of a product. */
final class Platform {
  /** What the location of a bundle from elsewhere begins with. */
  private static final String DEPLOYED = "deploy:";

  private static final long LOOK_MILLIS = 50;

  /** How often is looked whether bundles from elsewhere have stopped when nothing else is left. */
  private static final int LAST_LOOKS = 20;

  private final Framework framework;
  private final Product product;

  /** Held while the framework is filled: its folder must not be removed under it. */
  private final Object filling = new Object();

  private volatile boolean ended;

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
   * @throws LaunchException when a bundle of the product does not start, with the reason for each,
   *     or when the platform has been stopped before
   */
  void start() throws LaunchException {
    Set<Bundle> own;
    try {
      own = fill();
      framework.start();
    } catch (BundleException e) {
      throw new LaunchException("the OSGi framework does not start: " + e.getMessage(), e);
    }
    List<String> broken = new ArrayList<>();
    for (Bundle bundle : own) {
      String reason = reasonNotStarted(bundle);
      if (reason != null) {
        broken.add(reason);
      }
    }
    if (!broken.isEmpty()) {
      throw new LaunchException(String.join("\n", broken));
    }
  }

  private Set<Bundle> fill() throws BundleException, LaunchException {
    Set<Bundle> own = new HashSet<>();
    synchronized (filling) {
      refuseAfterTheEnd();
      framework.init();
      BundleContext context = framework.getBundleContext();
      for (Product.Entry entry : product.entries()) {
        refuseAfterTheEnd();
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
      refuseAfterTheEnd();
    }
    return own;
  }

  private void refuseAfterTheEnd() throws LaunchException {
    if (ended) {
      throw new LaunchException("the platform was stopped while it started");
    }
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

  /**
   * Returns when something has stopped the framework.
   *
   * @return what is left of it; empty when it has stopped in order
   */
  String awaitStop() throws InterruptedException {
    return await(Long.MAX_VALUE);
  }

  /**
   * Stops the framework and waits for it; one that has not started yet does not start any more.
   *
   * @return what is left; empty when the framework stopped in time
   */
  String stop(Duration patience) {
    ended = true;
    try {
      synchronized (filling) {
        // whoever fills it has seen the end by now
        framework.stop();
      }
      return await(patience.toMillis());
    } catch (BundleException e) {
      return "the framework does not stop: " + e.getMessage();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "the end was interrupted";
    }
  }

  /**
   * Bundles from elsewhere (deploy/) are at the framework's first level, the last to be left: when
   * it has come down to that, all of the product has stopped, and one that does not return is not
   * waited for.
   */
  private String await(long millis) throws InterruptedException {
    long begin = System.nanoTime();
    long last = 0;
    while (last < LAST_LOOKS && (System.nanoTime() - begin) / 1_000_000 < millis) {
      if (framework.waitForStop(LOOK_MILLIS).getType() != FrameworkEvent.WAIT_TIMEDOUT) {
        return "";
      }
      last = framework.getState() == Bundle.STOPPING && level() <= 1 ? last + 1 : 0;
    }
    List<String> left = unreturned();
    return left.isEmpty()
        ? "the framework did not stop within %d s"
            .formatted((System.nanoTime() - begin) / 1_000_000_000)
        : "%s does not return; the process ends without it".formatted(String.join(", ", left));
  }

  private int level() {
    FrameworkStartLevel level = framework.adapt(FrameworkStartLevel.class);
    return level == null ? 0 : level.getStartLevel();
  }

  /** Bundles that are starting or stopping, and do neither. */
  private List<String> unreturned() {
    BundleContext context = framework.getBundleContext();
    return context == null
        ? List.of()
        : Stream.of(context.getBundles())
            .filter(b -> b.getLocation().startsWith(DEPLOYED))
            .filter(b -> b.getState() == Bundle.STARTING || b.getState() == Bundle.STOPPING)
            .map(b -> "bundle " + b.getSymbolicName() + file(b))
            .toList();
  }

  /** The bundle from elsewhere that a class belongs to, in words; empty for any other class. */
  String ownerOf(String type) {
    BundleContext context = framework.getBundleContext();
    String path = type.replace('.', '/') + ".class";
    return context == null
        ? ""
        : Stream.of(context.getBundles())
            .filter(b -> b.getLocation().startsWith(DEPLOYED))
            .filter(b -> b.getState() != Bundle.UNINSTALLED && b.getEntry(path) != null)
            .findFirst()
            .map(b -> " of bundle " + b.getSymbolicName() + file(b))
            .orElse("");
  }

  private static String file(Bundle bundle) {
    String location = bundle.getLocation();
    return location.startsWith(DEPLOYED)
        ? " (%s)".formatted(location.replaceFirst("#.*", "").replaceFirst(".*/", ""))
        : "";
  }
}
