package io.lanpo.deploy;

import java.util.Map;
import java.util.Objects;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.util.tracker.ServiceTracker;

/** Not a component: the configurations are there before the first component is. */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class DeployActivator implements BundleActivator {
  /** Before File Install's own handling of the same files. */
  private static final int RANKING = 100;

  @Override
  public void start(BundleContext context) {
    ServiceTracker<ConfigurationAdmin, ConfigurationAdmin> admin =
        new ServiceTracker<>(context, ConfigurationAdmin.class, null);
    admin.open();
    context.registerService(
        ArtifactInstaller.class,
        new ConfigurationFiles(
            () -> Objects.requireNonNull(admin.getService(), "no configuration admin")),
        FrameworkUtil.asDictionary(Map.of(Constants.SERVICE_RANKING, RANKING)));
  }

  /** The framework takes service and tracker back. */
  @Override
  public void stop(BundleContext context) {}
}
