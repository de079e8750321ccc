package io.lanpo.shell;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

/** A framework without bundles, in which a test registers what it needs. */
final class TestFramework implements AutoCloseable {
  private final Framework framework;

  TestFramework(Path storage, Map<String, String> properties) throws BundleException {
    Map<String, String> all = new HashMap<>(properties);
    all.put(Constants.FRAMEWORK_STORAGE, storage.toString());
    framework = new FrameworkFactory().newFramework(all);
    framework.start();
  }

  BundleContext context() {
    return framework.getBundleContext();
  }

  /** Whether something stops the framework. */
  boolean stops() throws InterruptedException {
    framework.waitForStop(120_000);
    return framework.getState() == Framework.RESOLVED;
  }

  @Override
  public void close() throws Exception {
    framework.stop();
    framework.waitForStop(5000);
  }
}
