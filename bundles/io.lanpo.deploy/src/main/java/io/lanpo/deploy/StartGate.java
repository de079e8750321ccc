package io.lanpo.deploy;

import io.lanpo.libs.threads.DaemonThreads;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.startlevel.BundleStartLevel;

/**
 * Marks the place of the deployed bundles in the order of start levels: a bundle without content.
 * When the framework starts it, the deployed bundles are started, and when it stops it, they are
 * stopped, both by us, who wait for none of them for ever, as the framework would.
 */
final class StartGate {
  static final String NAME = "io.lanpo.deploy.gate";

  private StartGate() {}

  /**
   * Installs it.
   *
   * @param up is run when the framework comes to that level
   * @param down is run when it leaves it
   * @return whether the framework is at that level, so that {@code up} will not be run
   */
  static boolean install(BundleContext context, int level, Runnable up, Runnable down)
      throws BundleException {
    context.addBundleListener(
        (SynchronousBundleListener)
            event -> {
              if (NAME.equals(event.getBundle().getSymbolicName())) {
                if (event.getType() == BundleEvent.STARTED) {
                  up.run();
                } else if (event.getType() == BundleEvent.STOPPING) {
                  down.run();
                }
              }
            });
    Bundle gate = context.installBundle(NAME, new ByteArrayInputStream(jar()));
    if (gate.getState() == Bundle.ACTIVE) {
      return true;
    }
    gate.adapt(BundleStartLevel.class).setStartLevel(level);
    startLater(gate);
    return false;
  }

  /**
   * What the framework's own thread for start levels starts, Felix starts at once, whatever its
   * level; what another thread starts waits for its level.
   */
  private static void startLater(Bundle gate) throws BundleException {
    CompletableFuture<Void> marked =
        CompletableFuture.runAsync(
            () -> {
              try {
                gate.start();
              } catch (BundleException e) {
                throw new CompletionException(e);
              }
            },
            task -> DaemonThreads.named("lanpo-deploy-gate").newThread(task).start());
    try {
      marked.join();
    } catch (CompletionException e) {
      throw new BundleException("the deployed bundles cannot be started", e);
    }
  }

  private static byte[] jar() {
    Manifest manifest = new Manifest();
    Attributes headers = manifest.getMainAttributes();
    headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
    headers.putValue(Constants.BUNDLE_SYMBOLICNAME, NAME);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      new JarOutputStream(bytes, manifest).close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
