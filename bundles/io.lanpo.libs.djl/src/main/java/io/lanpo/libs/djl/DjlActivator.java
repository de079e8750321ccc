package io.lanpo.libs.djl;

import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.slf4j.LoggerFactory;

/**
 * Loads the engine when the first class is asked of this bundle, so that the bundles which use DJL
 * need not know about its context class loader.
 */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
@Header(name = Constants.BUNDLE_ACTIVATIONPOLICY, value = Constants.ACTIVATION_LAZY)
public final class DjlActivator implements BundleActivator {
  @Override
  public void start(BundleContext context) {
    try {
      Djl.engine();
    } catch (DjlUnavailableException e) {
      // The class that is being loaded is not to blame; whoever asks for the engine gets this
      // failure again.
      LoggerFactory.getLogger(DjlActivator.class).info("the engine is not available", e);
    }
  }

  @Override
  public void stop(BundleContext context) {}
}
